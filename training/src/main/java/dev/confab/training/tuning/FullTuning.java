package dev.confab.training.tuning;

import dev.confab.training.gradient.Gpt2Gradients;
import dev.confab.training.gradient.ParameterLayout;

/**
 * All of a model's parameters are changed, in place.
 *
 * @param model whose they are
 */
public record FullTuning(Gpt2Gradients model) implements Tuning {
    @Override
    public ParameterLayout layout() {
        return model.layout();
    }

    @Override
    public float[] parameters() {
        return model.parameters();
    }

    @Override
    public float[] gradients() {
        return model.gradients();
    }

    @Override
    public void collectGradients() {
        // The model's own are the ones.
    }

    @Override
    public void apply() {
        // The model's own are the ones.
    }
}
