package dev.confab.engine.model;

import dev.confab.engine.tensor.MatrixSource;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Weights by chance, of the size that a trained model's have, for measuring speed without a checkpoint. */
final class RandomWeights implements WeightSource {
    private static final float DEVIATION = 0.02f;

    @Override
    public MatrixSource embedding(String name, int outputs, int inputs) {
        return linear(name, outputs, inputs);
    }

    @Override
    public MatrixSource linear(String name, int outputs, int inputs) {
        return new MatrixSource(outputs, inputs, (firstOutput, count, tile, stride) -> {
            var random = new SplittableRandom(31L * name.hashCode() + firstOutput);
            for (int i = 0; i < inputs; i++) {
                for (int o = 0; o < count; o++) {
                    // Uniform on an interval of this standard deviation: cheaper than Gaussian, and as good here.
                    tile[i * stride + o] = (random.nextFloat() - 0.5f) * DEVIATION * 3.4641f;
                }
            }
        });
    }

    @Override
    public void requireVector(String name, int size) {
        // Chance has all sizes.
    }

    @Override
    public float[] vector(String name, int size) {
        float[] values = new float[size];
        if (name.contains("ln_") && name.endsWith(TensorNames.WEIGHT)) {
            Arrays.fill(values, 1f);
        } else {
            var random = new SplittableRandom(name.hashCode());
            for (int i = 0; i < size; i++) {
                values[i] = (random.nextFloat() - 0.5f) * DEVIATION;
            }
        }
        return values;
    }

    @Override
    public void release(String name) {
        // Nothing is held.
    }
}
