package dev.confab.engine.generation.logits;

/**
 * The exponential of numbers up to 0, faster than {@link Math#exp}, for sums over whole vocabularies.
 *
 * <p>{@code e^x = 2^n * e^r} with the whole number n that leaves r within half of ln 2; {@code e^r} is its Taylor
 * polynomial of degree 8. The relative error is below 3e-10.
 */
public final class Exponential {
    private static final double LOG2_E = 1 / Math.log(2);
    private static final double LN_2 = Math.log(2);
    private static final double C2 = 1.0 / 2;
    private static final double C3 = 1.0 / 6;
    private static final double C4 = 1.0 / 24;
    private static final double C5 = 1.0 / 120;
    private static final double C6 = 1.0 / 720;
    private static final double C7 = 1.0 / 5040;
    private static final double C8 = 1.0 / 40320;

    private Exponential() {}

    /**
     * The exponential.
     *
     * @param x at most 0; minus infinity gives 0
     */
    public static double of(double x) {
        if (x < -700) {
            return 0;
        }
        // A cast cuts towards zero, which rounds to the nearest number after a half has been taken away.
        int n = (int) (x * LOG2_E - 0.5);
        double r = x - n * LN_2;
        double s = r * r;
        // Pairs of terms, so that they need not wait for each other.
        double low = 1 + r + s * (C2 + r * C3);
        double high = (C4 + r * C5) + s * ((C6 + r * C7) + s * C8);
        return (low + s * s * high) * Double.longBitsToDouble((n + 1023L) << 52);
    }
}
