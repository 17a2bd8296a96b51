/**
 * Measures how good a model is: how well it predicts dialogues, and the replies that it gives.
 *
 * <p>Entry types: {@link dev.confab.evaluation.DialoguePerplexity} and {@link dev.confab.evaluation.ReplyGenerator}; what
 * is done with the replies is in {@code metric} and {@code report}. Instances belong to one thread.
 */
@NullMarked
package dev.confab.evaluation;

import org.jspecify.annotations.NullMarked;
