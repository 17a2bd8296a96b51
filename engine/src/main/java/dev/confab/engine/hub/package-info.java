/**
 * Turns a model's name, such as {@code "microsoft/DialoGPT-medium"}, into a local folder with its files.
 *
 * <p>Entry type: {@link dev.confab.engine.hub.Hub}. Files come from the Hugging Face hub or a mirror of it and lie in
 * the cache folder that Python's {@code huggingface_hub} uses, in its layout, so that a model fetched by either is
 * found by both. What the files mean is no concern of this package.
 *
 * <p>A hub and everything it returns may be used from any thread; two threads or processes that ask for the same model
 * at once download it once.
 */
@NullMarked
package dev.confab.engine.hub;

import org.jspecify.annotations.NullMarked;
