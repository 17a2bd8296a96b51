package dev.confab.training.gradient;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.model.TensorNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where each of the parameters that are trained lies in the one array that holds them all. Immutable. */
public final class ParameterLayout {
    private static final int MOST = Integer.MAX_VALUE - 64;

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private int size;

    /**
     * Lays out the parameters of a model.
     *
     * @throws ConfabException if there are too many for one array
     */
    public ParameterLayout(Gpt2Config config) {
        if (config.parameterCount() > MOST) {
            throw new ConfabException("a model of " + config.parameterCount()
                    + " parameters is too large to train here: the most are " + MOST);
        }
        int hidden = config.hiddenSize();
        add(TensorNames.TOKEN_EMBEDDING, config.vocabularySize(), hidden);
        add(TensorNames.POSITION_EMBEDDING, config.positions(), hidden);
        for (int layer = 0; layer < config.layers(); layer++) {
            addNorm(TensorNames.block(layer, TensorNames.NORM_1), hidden);
            addLinear(TensorNames.block(layer, TensorNames.QKV), hidden, 3 * hidden);
            addLinear(TensorNames.block(layer, TensorNames.PROJECTION), hidden, hidden);
            addNorm(TensorNames.block(layer, TensorNames.NORM_2), hidden);
            addLinear(TensorNames.block(layer, TensorNames.EXPAND), hidden, config.innerSize());
            addLinear(TensorNames.block(layer, TensorNames.CONTRACT), config.innerSize(), hidden);
        }
        addNorm(TensorNames.FINAL_NORM, hidden);
        if (!config.tiedHead()) {
            add(TensorNames.HEAD, config.vocabularySize(), hidden);
        }
    }

    /**
     * Lays out tensors one after the other.
     *
     * @param shapes of each by name, in this order
     * @throws ConfabException if there are too many numbers for one array
     */
    public ParameterLayout(Map<String, List<Integer>> shapes) {
        long total = shapes.values().stream()
                .mapToLong(shape -> shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact))
                .sum();
        if (total > MOST) {
            throw new ConfabException(total + " parameters are too many to train here: the most are " + MOST);
        }
        shapes.forEach((name, shape) -> add(name, shape.toArray(Integer[]::new)));
    }

    private void addNorm(String name, int hidden) {
        add(name + TensorNames.WEIGHT, hidden);
        add(name + TensorNames.BIAS, hidden);
    }

    private void addLinear(String name, int inputs, int outputs) {
        add(name + TensorNames.WEIGHT, inputs, outputs);
        add(name + TensorNames.BIAS, outputs);
    }

    private void add(String name, Integer... shape) {
        var parameter = new Parameter(name, List.of(shape), size);
        parameters.put(name, parameter);
        size = parameter.end();
    }

    /** All parameters in the order of their offsets. */
    public List<Parameter> parameters() {
        return List.copyOf(parameters.values());
    }

    /**
     * The parameter of this name.
     *
     * @throws IllegalArgumentException if the model has none
     */
    public Parameter get(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("no parameter '" + name + "'; there are " + parameters.keySet());
        }
        return parameter;
    }

    /** How many numbers all parameters have together. */
    public int size() {
        return size;
    }
}
