/**
 * What a training run changes: all of a model, or a small adapter beside it.
 *
 * <p>Entry type: {@link dev.confab.training.tuning.Tuning}. For one thread at a time, as the model is.
 */
@NullMarked
package dev.confab.training.tuning;

import org.jspecify.annotations.NullMarked;
