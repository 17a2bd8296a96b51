package dev.confab.engine.tensor;

/**
 * The rows that a product multiplies, with their 8-bit form where a kernel wants it. Reused from call to call.
 */
final class PanelInput {
    /** {@code [rows, stride]}. */
    float[] x = {};
    /** From one row to the next. */
    int stride;
    /** Inputs with padding: a multiple of 64. */
    int inputs;
    /** How many rows. */
    int rows;
    /** The first row in 8 bits, one number a short; valid after {@code prepare} for {@link WeightFormat#Q4}. */
    short[] quantized = {};
    /** For each group of 64 inputs: what the 8-bit numbers are multiplied with. */
    float[] scales = {};
    /** For each group of 64 inputs: the sum of the 8-bit numbers. */
    float[] sums = {};

    void set(Matrix matrix, int inputs, int rows) {
        x = matrix.data();
        stride = matrix.stride();
        this.inputs = inputs;
        this.rows = rows;
    }

    /** Makes room for the 8-bit form of {@code count} rows. */
    void reserveQuantized(int count) {
        if (quantized.length < inputs * count) {
            quantized = new short[inputs * count];
            scales = new float[inputs * count / WeightFormat.GROUP];
            sums = new float[inputs * count / WeightFormat.GROUP];
        }
    }

    /**
     * Quantises the first rows to 8 bits, each group of 64 by its own largest magnitude.
     *
     * @param count how many rows
     */
    void quantize(int count) {
        reserveQuantized(count);
        for (int r = 0; r < count; r++) {
            for (int g = 0; g < inputs; g += WeightFormat.GROUP) {
                quantizeGroup(r * stride + g, r * inputs + g);
            }
        }
    }

    private void quantizeGroup(int from, int to) {
        float largest = 0;
        for (int i = 0; i < WeightFormat.GROUP; i++) {
            largest = Math.max(largest, Math.abs(x[from + i]));
        }
        float inverse = largest == 0 ? 0 : 127f / largest;
        int sum = 0;
        for (int i = 0; i < WeightFormat.GROUP; i++) {
            int q = roundToInt(x[from + i] * inverse);
            quantized[to + i] = (short) q;
            sum += q;
        }
        scales[to / WeightFormat.GROUP] = largest / 127f;
        sums[to / WeightFormat.GROUP] = sum;
    }

    /** Rounds to the nearest integer, |value| below 2^22: adding 1.5 * 2^23 leaves the integer in the lowest bits. */
    private static int roundToInt(float value) {
        return Float.floatToRawIntBits(value + 12_582_912f) - 0x4B40_0000;
    }
}
