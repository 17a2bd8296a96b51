/**
 * What turns gradients into better parameters: AdamW, clipping by the global norm, and learning rate schedules.
 *
 * <p>Sums are taken over fixed pieces in a fixed order, so results do not depend on the number of workers.
 */
@NullMarked
package dev.confab.training.optimizer;

import org.jspecify.annotations.NullMarked;
