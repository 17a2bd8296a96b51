package dev.confab.engine.generation.logits;

/** Divides every score by the temperature; transformers' {@code TemperatureLogitsWarper}. */
public final class Temperature implements LogitsProcessor {
    private final float temperature;

    /**
     * A temperature.
     *
     * @param temperature above 0; below 1 sharpens the distribution, above 1 flattens it
     */
    public Temperature(double temperature) {
        this.temperature = (float) temperature;
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= temperature;
        }
    }
}
