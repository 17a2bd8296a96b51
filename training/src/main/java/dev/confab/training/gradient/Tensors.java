package dev.confab.training.gradient;

/**
 * The numbers that training changes, each array laid out by one {@link ParameterLayout}.
 *
 * @param values the parameters
 * @param gradients the loss's derivative by each of them
 */
@SuppressWarnings("ArrayRecordComponent") // Shared by all layers, which is the point.
record Tensors(ParameterLayout layout, float[] values, float[] gradients) {}
