/**
 * GPT-2: its configuration, its weights from a checkpoint, its forward pass and the cache of keys and values.
 *
 * <p>Entry type: {@link dev.confab.engine.model.Gpt2}. The model is shared by all threads; a
 * {@link dev.confab.engine.model.KeyValueCache} and a {@link dev.confab.engine.model.ForwardBatch} belong to one thread
 * at a time.
 */
@NullMarked
package dev.confab.engine.model;

import org.jspecify.annotations.NullMarked;
