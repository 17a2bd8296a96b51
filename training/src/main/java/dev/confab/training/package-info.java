/**
 * Trains tokenizers and models, from nothing or from a checkpoint, on dialogues.
 */
@NullMarked
package dev.confab.training;

import org.jspecify.annotations.NullMarked;
