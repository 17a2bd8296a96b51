package dev.confab.training.gradient;

import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.tensor.Activation;
import dev.confab.training.data.Batch;

/** The loss of a GPT-2 in double precision, written for clarity alone: what gradients are checked against. */
final class ReferenceGpt2 {
    private final Gpt2Config config;
    private final ParameterLayout layout;
    private final double[] p;

    ReferenceGpt2(Gpt2Config config, ParameterLayout layout, double[] parameters) {
        this.config = config;
        this.layout = layout;
        p = parameters;
    }

    /** The weighted sum of the losses of all rows. */
    double loss(Batch batch) {
        double loss = 0;
        for (int row = 0; row < batch.rows(); row++) {
            loss += rowLoss(batch, row * batch.length());
        }
        return loss;
    }

    private double rowLoss(Batch batch, int start) {
        int length = batch.length();
        int hidden = config.hiddenSize();
        double[][] x = new double[length][hidden];
        for (int t = 0; t < length; t++) {
            for (int i = 0; i < hidden; i++) {
                x[t][i] = p[at("wte.weight") + batch.ids()[start + t] * hidden + i]
                        + p[at("wpe.weight") + t * hidden + i];
            }
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            String block = "h." + layer + ".";
            add(x, attention(normalise(x, block + "ln_1"), block, layer));
            double[][] inner = linear(normalise(x, block + "ln_2"), block + "mlp.c_fc");
            for (double[] row : inner) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = activate(config.activation(), row[i]);
                }
            }
            add(x, linear(inner, block + "mlp.c_proj"));
        }
        double[][] last = normalise(x, "ln_f");
        int head = at(config.tiedHead() ? "wte.weight" : "lm_head.weight");
        double loss = 0;
        for (int t = 0; t + 1 < length; t++) {
            double weight = batch.weights()[start + t + 1];
            if (weight != 0) {
                loss += weight * crossEntropy(last[t], head, batch.ids()[start + t + 1]);
            }
        }
        return loss;
    }

    private double crossEntropy(double[] x, int head, int target) {
        double[] logits = new double[config.vocabularySize()];
        double sum = 0;
        for (int v = 0; v < logits.length; v++) {
            for (int i = 0; i < x.length; i++) {
                logits[v] += x[i] * p[head + v * x.length + i];
            }
            sum += Math.exp(logits[v]);
        }
        return Math.log(sum) - logits[target];
    }

    private double[][] attention(double[][] x, String block, int layer) {
        int hidden = config.hiddenSize();
        int size = config.headSize();
        double[][] qkv = linear(x, block + "attn.c_attn");
        double[][] out = new double[x.length][hidden];
        double scale = config.scaleAttention() ? 1 / Math.sqrt(size) : 1;
        double layerScale = config.scaleByInverseLayer() ? scale / (layer + 1) : scale;
        for (int h = 0; h < config.heads(); h++) {
            for (int t = 0; t < x.length; t++) {
                double[] weights = new double[t + 1];
                double sum = 0;
                for (int s = 0; s <= t; s++) {
                    double score = 0;
                    for (int i = h * size; i < (h + 1) * size; i++) {
                        score += qkv[t][i] * qkv[s][hidden + i];
                    }
                    weights[s] = Math.exp(score * layerScale);
                    sum += weights[s];
                }
                for (int s = 0; s <= t; s++) {
                    for (int i = h * size; i < (h + 1) * size; i++) {
                        out[t][i] += weights[s] / sum * qkv[s][2 * hidden + i];
                    }
                }
            }
        }
        return linear(out, block + "attn.c_proj");
    }

    private double[][] linear(double[][] x, String name) {
        Parameter weight = layout.get(name + ".weight");
        int outputs = weight.shape().get(1);
        double[][] y = new double[x.length][outputs];
        for (int t = 0; t < x.length; t++) {
            for (int o = 0; o < outputs; o++) {
                y[t][o] = p[at(name + ".bias") + o];
                for (int i = 0; i < x[t].length; i++) {
                    y[t][o] += x[t][i] * p[weight.offset() + i * outputs + o];
                }
            }
        }
        return y;
    }

    private double[][] normalise(double[][] x, String name) {
        double[][] y = new double[x.length][x[0].length];
        for (int t = 0; t < x.length; t++) {
            int n = x[t].length;
            double mean = 0;
            for (double value : x[t]) {
                mean += value / n;
            }
            double variance = 0;
            for (double value : x[t]) {
                variance += (value - mean) * (value - mean) / n;
            }
            for (int i = 0; i < n; i++) {
                y[t][i] =
                        (x[t][i] - mean) / Math.sqrt(variance + config.layerNormEpsilon()) * p[at(name + ".weight") + i]
                                + p[at(name + ".bias") + i];
            }
        }
        return y;
    }

    private static void add(double[][] x, double[][] branch) {
        for (int t = 0; t < x.length; t++) {
            for (int i = 0; i < x[t].length; i++) {
                x[t][i] += branch[t][i];
            }
        }
    }

    private static double activate(Activation activation, double x) {
        return switch (activation) {
            case IDENTITY -> x;
            case GELU_NEW -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case QUICK_GELU -> x / (1 + Math.exp(-1.702 * x));
            case RELU -> Math.max(x, 0);
            case SILU -> x / (1 + Math.exp(-x));
            case TANH -> Math.tanh(x);
            case GELU -> throw new IllegalArgumentException("needs the error function");
        };
    }

    private int at(String name) {
        return layout.get(name).offset();
    }
}
