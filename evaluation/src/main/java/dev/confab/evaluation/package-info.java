/**
 * Measures how good a model and its replies are.
 */
@NullMarked
package dev.confab.evaluation;

import org.jspecify.annotations.NullMarked;
