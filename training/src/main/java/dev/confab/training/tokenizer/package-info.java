/**
 * Trains GPT-2's kind of tokenizer, byte-level byte-pair encoding, on the texts of a model that starts from nothing.
 *
 * <p>Entry type: {@link dev.confab.training.tokenizer.TokenizerTrainer}, immutable and free for any number of threads;
 * one training uses several threads of its own.
 */
@NullMarked
package dev.confab.training.tokenizer;

import org.jspecify.annotations.NullMarked;
