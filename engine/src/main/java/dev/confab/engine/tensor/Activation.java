package dev.confab.engine.tensor;

/**
 * The functions that a GPT-2 configuration may name as {@code activation_function}. Each maps 0 to 0, so the padding of
 * a matrix stays 0.
 */
public enum Activation {
    /** Leaves values as they are. */
    IDENTITY,
    /** Gaussian error linear unit by the tanh approximation: GPT-2's own. */
    GELU_NEW,
    /** Gaussian error linear unit by the error function. */
    GELU,
    /** {@code x * sigmoid(1.702 x)}. */
    QUICK_GELU,
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code x * sigmoid(x)}. */
    SILU,
    /** Hyperbolic tangent. */
    TANH;

    private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

    /** The function's value at {@code x}. */
    public float apply(float x) {
        return switch (this) {
            case IDENTITY -> x;
            case GELU_NEW -> (float) (0.5 * x * (1 + Math.tanh(SQRT_2_OVER_PI * (x + 0.044715 * x * x * x))));
            case GELU -> (float) (0.5 * x * (1 + erf(x / Math.sqrt(2))));
            case QUICK_GELU -> (float) (x / (1 + Math.exp(-1.702 * x)));
            case RELU -> Math.max(x, 0);
            case SILU -> (float) (x / (1 + Math.exp(-x)));
            case TANH -> (float) Math.tanh(x);
        };
    }

    /** The function's derivative at {@code x}; at RELU's corner 0. */
    public float derivative(float x) {
        return switch (this) {
            case IDENTITY -> 1;
            case GELU_NEW -> {
                double t = Math.tanh(SQRT_2_OVER_PI * (x + 0.044715 * x * x * x));
                double slope = SQRT_2_OVER_PI * (1 + 3 * 0.044715 * x * x);
                yield (float) (0.5 * (1 + t) + 0.5 * x * (1 - t * t) * slope);
            }
            case GELU ->
                (float) (0.5 * (1 + erf(x / Math.sqrt(2))) + x * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI));
            case QUICK_GELU -> (float) sigmoidProductDerivative(x, 1.702);
            case RELU -> x > 0 ? 1 : 0;
            case SILU -> (float) sigmoidProductDerivative(x, 1);
            case TANH -> {
                double t = Math.tanh(x);
                yield (float) (1 - t * t);
            }
        };
    }

    /** The derivative of {@code x * sigmoid(slope * x)}. */
    private static double sigmoidProductDerivative(double x, double slope) {
        double s = 1 / (1 + Math.exp(-slope * x));
        return s + x * slope * s * (1 - s);
    }

    /**
     * The error function: its Maclaurin series near 0, the continued fraction of its complement further out; both to
     * double precision (Abramowitz and Stegun 7.1.6 and 7.1.14).
     */
    private static double erf(double x) {
        double a = Math.abs(x);
        if (a > 6) {
            return Math.signum(x);
        }
        if (a < 2.5) {
            double term = a;
            double sum = a;
            for (int n = 1; term > 1e-17 * sum; n++) {
                term *= 2 * a * a / (2 * n + 1);
                sum += term;
            }
            return Math.signum(x) * 2 / Math.sqrt(Math.PI) * Math.exp(-a * a) * sum;
        }
        double fraction = a;
        for (int n = 60; n > 0; n--) {
            fraction = a + n / 2.0 / fraction;
        }
        return Math.signum(x) * (1 - Math.exp(-a * a) / Math.sqrt(Math.PI) / fraction);
    }
}
