/**
 * Reads what is evaluated: dialogues, replies and references, as JSON Lines or plain lines, packed with gzip or not.
 *
 * <p>Entry types: {@link dev.confab.evaluation.data.DialogueFile}, {@link dev.confab.evaluation.data.ReplyFile},
 * {@link dev.confab.evaluation.data.ReferenceFile}. Everything is stateless and usable from any thread.
 */
@NullMarked
package dev.confab.evaluation.data;

import org.jspecify.annotations.NullMarked;
