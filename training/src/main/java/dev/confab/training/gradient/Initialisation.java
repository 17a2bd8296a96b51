package dev.confab.training.gradient;

import dev.confab.engine.model.TensorNames;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * First weights, as transformers' GPT-2 draws them: normal with deviation 0.02, in the layers that add to the residual
 * stream divided by the root of their number; gains 1, biases 0.
 */
public final class Initialisation {
    private static final double DEVIATION = 0.02;

    private Initialisation() {}

    /** Draws all parameters; the same seed gives the same ones. */
    public static void draw(ParameterLayout layout, float[] values, int layers, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (Parameter parameter : layout.parameters()) {
            if (!parameter.decays()) {
                float value = parameter.name().endsWith(TensorNames.WEIGHT) ? 1 : 0;
                Arrays.fill(values, parameter.offset(), parameter.end(), value);
                continue;
            }
            double deviation = addsToResidual(parameter.name()) ? DEVIATION / Math.sqrt(2.0 * layers) : DEVIATION;
            for (int i = parameter.offset(); i < parameter.end(); i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
        }
    }

    private static boolean addsToResidual(String name) {
        return name.endsWith(TensorNames.PROJECTION + TensorNames.WEIGHT)
                || name.endsWith(TensorNames.CONTRACT + TensorNames.WEIGHT);
    }
}
