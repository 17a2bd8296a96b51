package dev.confab.training.tuning;

import dev.confab.training.gradient.Gpt2Gradients;
import dev.confab.training.gradient.ParameterLayout;

/**
 * What an optimiser sees of a model: parameters that it changes, and their gradients.
 *
 * <p>The model's own parameters are always those that a pass is to use: whoever changes {@link #parameters} calls
 * {@link #apply} before the next pass.
 */
public sealed interface Tuning permits FullTuning, LoraTuning {
    /** The model that passes are made with. */
    Gpt2Gradients model();

    /** Where each of the parameters lies. */
    ParameterLayout layout();

    /** The parameters themselves. */
    float[] parameters();

    /** Their gradients, as of the last {@link #collectGradients}. */
    float[] gradients();

    /** Computes the gradients from those that the model's passes have added up. */
    void collectGradients();

    /** Puts the parameters into the model. */
    void apply();
}
