/**
 * GPT-2's forward and backward pass in 32-bit floats, on the engine's matrix kernels: exact gradients by the chain rule,
 * layer by layer. Start at {@link dev.confab.training.gradient.Gpt2Gradients}.
 *
 * <p>All memory is planned when the pass is made; a step allocates nothing. Each pass belongs to one thread, which its
 * worker pool helps. Sums are always taken in the same order, so results do not depend on the number of workers.
 */
@NullMarked
package dev.confab.training.gradient;

import org.jspecify.annotations.NullMarked;
