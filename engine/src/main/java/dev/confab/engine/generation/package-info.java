/**
 * Decoding: from a prompt and a model to the tokens of a reply, with the strategies, option names, defaults and results
 * of the Python library transformers 4.45.1.
 *
 * <p>Entry type: {@link dev.confab.engine.generation.GenerationConfig}, the options. Immutable, usable from any thread.
 */
@NullMarked
package dev.confab.engine.generation;

import org.jspecify.annotations.NullMarked;
