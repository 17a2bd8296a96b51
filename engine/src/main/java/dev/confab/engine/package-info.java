/**
 * The engine in two calls: {@link dev.confab.engine.LanguageModel#fromPretrained} and
 * {@code generate}.
 *
 * <p>A {@link dev.confab.engine.LanguageModel} joins what the packages below do one by one: find the files (hub), read
 * them (checkpoint, tokenizer), hold the weights (model, tensor), choose tokens (generation). It is shared by all
 * threads.
 */
@NullMarked
package dev.confab.engine;

import org.jspecify.annotations.NullMarked;
