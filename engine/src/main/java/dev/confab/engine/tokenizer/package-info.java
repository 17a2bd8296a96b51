/**
 * Text to token ids and back: GPT-2's byte-level byte-pair encoding, equal to transformers' on every string.
 *
 * <p>Entry type: {@link dev.confab.engine.tokenizer.Tokenizer}, immutable and free for any number of threads. The
 * decoders of a running reply ({@link dev.confab.engine.tokenizer.StreamingDecoder},
 * {@link dev.confab.engine.tokenizer.TextStreamer}) hold that reply's state and belong to one thread each.
 */
@NullMarked
package dev.confab.engine.tokenizer;

import org.jspecify.annotations.NullMarked;
