/**
 * Decoding: from a prompt and a model to the tokens of a reply, with the strategies, option names, defaults and results
 * of the Python library transformers 4.45.1.
 *
 * <p>Entry types: {@link dev.confab.engine.generation.Generator} and, for a conversation whose turns share their past,
 * {@link dev.confab.engine.generation.Session} or
 * {@link dev.confab.engine.generation.SessionPool}; {@link dev.confab.engine.generation.GenerationConfig} holds the
 * options. The golden tests compare every strategy with that library's own output.
 *
 * <p>A generator and a configuration may be used by any thread, and the requests of all threads share forward passes; a
 * session belongs to one thread at a time.
 */
@NullMarked
package dev.confab.engine.generation;

import org.jspecify.annotations.NullMarked;
