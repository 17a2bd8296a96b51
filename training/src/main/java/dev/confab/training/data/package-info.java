/**
 * Dialogues from files of many formats, tokenized once and given to the trainer as batches.
 *
 * <p>A {@link dev.confab.training.data.DialogueSource} names a file; a {@link dev.confab.training.data.DialogueReader}
 * reads its dialogues one by one; {@link dev.confab.training.data.TokenizedDataset} (the entry type) keeps all of them as
 * token ids in a mapped file; {@link dev.confab.training.data.Batches} says which of them make the batch of any step.
 *
 * <p>Files may be larger than memory: nothing here holds more than a bounded part of them. Readers and
 * {@code Batches} belong to one thread, a dataset may be read by any.
 */
@NullMarked
package dev.confab.training.data;

import org.jspecify.annotations.NullMarked;
