package dev.confab.training.tuning;

import dev.confab.engine.model.LoraConfig;
import dev.confab.engine.tensor.Gemm;
import dev.confab.engine.tensor.Operations.Into;
import dev.confab.training.gradient.Gpt2Gradients;
import dev.confab.training.gradient.Parameter;
import dev.confab.training.gradient.ParameterLayout;
import dev.confab.training.gradient.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Adapters of low rank (Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", 2021): of a matrix
 * {@code W [inputs, outputs]} only {@code A [inputs, rank]} and {@code B [rank, outputs]} are changed, and a pass uses
 * {@code W + scale A B}.
 *
 * <p>The pass itself knows nothing of that: it computes the gradient of the whole matrix, from which those of A and B
 * follow, exactly.
 */
public final class LoraTuning implements Tuning {
    /** What follows a matrix's name in that of its A. */
    static final String A = ".lora_A";
    /** What follows a matrix's name in that of its B. */
    static final String B = ".lora_B";

    private final Gpt2Gradients model;
    private final Gemm.Products products;
    private final ParameterLayout layout;
    private final float[] parameters;
    private final float[] gradients;
    private final List<Adapted> adapted = new ArrayList<>();
    private final int rank;
    private final float scale;

    /** A matrix, its two factors, and what it was before. */
    @SuppressWarnings("ArrayRecordComponent") // Read only.
    private record Adapted(Parameter matrix, Parameter a, Parameter b, float[] base) {
        int inputs() {
            return matrix.shape().get(0);
        }

        int outputs() {
            return matrix.shape().get(1);
        }
    }

    /**
     * Begins with adapters that change nothing: A as PEFT draws it, B zero.
     *
     * @param model with the base's parameters, which are remembered
     * @param seed decides A
     */
    public LoraTuning(Gpt2Gradients model, Workers workers, LoraConfig config, long seed) {
        this.model = model;
        products = workers.gemm().shared();
        rank = config.rank();
        scale = (float) config.scale();
        List<Parameter> matrices = config.matrices(model.config().layers()).stream()
                .map(model.layout()::get)
                .toList();
        layout = layout(matrices, rank);
        parameters = new float[layout.size()];
        gradients = new float[layout.size()];
        for (Parameter matrix : matrices) {
            float[] base = new float[matrix.size()];
            System.arraycopy(model.parameters(), matrix.offset(), base, 0, base.length);
            adapted.add(new Adapted(matrix, layout.get(matrix.name() + A), layout.get(matrix.name() + B), base));
        }
        draw(seed);
    }

    private static ParameterLayout layout(List<Parameter> matrices, int rank) {
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        for (Parameter matrix : matrices) {
            shapes.put(matrix.name() + A, List.of(matrix.shape().get(0), rank));
            shapes.put(matrix.name() + B, List.of(rank, matrix.shape().get(1)));
        }
        return new ParameterLayout(shapes);
    }

    /** Kaiming's uniform distribution with a slope of the root of 5: within the inverse root of the inputs. */
    private void draw(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (Adapted each : adapted) {
            float bound = (float) (1 / Math.sqrt(each.inputs()));
            for (int i = each.a.offset(); i < each.a.end(); i++) {
                parameters[i] = random.nextFloat(-bound, bound);
            }
        }
    }

    @Override
    public Gpt2Gradients model() {
        return model;
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public float[] parameters() {
        return parameters;
    }

    @Override
    public float[] gradients() {
        return gradients;
    }

    /** {@code dA = scale dW B^T} and {@code dB = scale A^T dW}. */
    @Override
    public void collectGradients() {
        float[] whole = model.gradients();
        for (Adapted each : adapted) {
            int inputs = each.inputs();
            int outputs = each.outputs();
            int dw = each.matrix.offset();
            int a = each.a.offset();
            int b = each.b.offset();
            products.multiplyByTransposed(
                    inputs,
                    rank,
                    outputs,
                    whole,
                    dw,
                    outputs,
                    parameters,
                    b,
                    outputs,
                    gradients,
                    a,
                    rank,
                    Into.REPLACE);
            products.multiplyTransposed(
                    rank,
                    outputs,
                    inputs,
                    parameters,
                    a,
                    rank,
                    whole,
                    dw,
                    outputs,
                    gradients,
                    b,
                    outputs,
                    Into.REPLACE);
        }
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] *= scale;
        }
    }

    @Override
    public void apply() {
        float[] values = model.parameters();
        for (Adapted each : adapted) {
            int outputs = each.outputs();
            int w = each.matrix.offset();
            products.multiply(
                    each.inputs(),
                    outputs,
                    rank,
                    parameters,
                    each.a.offset(),
                    rank,
                    parameters,
                    each.b.offset(),
                    outputs,
                    values,
                    w,
                    outputs,
                    Into.REPLACE);
            for (int i = 0; i < each.base.length; i++) {
                values[w + i] = each.base[i] + scale * values[w + i];
            }
        }
    }
}
