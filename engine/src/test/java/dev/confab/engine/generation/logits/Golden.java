package dev.confab.engine.generation.logits;

import tools.jackson.databind.JsonNode;

/** Reads the number arrays of the golden files, where infinities and NaN are strings. */
public final class Golden {
    private Golden() {}

    public static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) number(array.get(i));
        }
        return values;
    }

    public static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }

    /** The greatest difference, infinite where only one of the two is finite. */
    public static double difference(float[] actual, float[] expected) {
        double worst = actual.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(actual.length, expected.length); i++) {
            if (Float.compare(actual[i], expected[i]) != 0) {
                double difference = Math.abs((double) actual[i] - expected[i]);
                worst = Math.max(worst, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
            }
        }
        return worst;
    }

    private static double number(JsonNode value) {
        return value.isNumber()
                ? value.asDouble()
                : switch (value.asString()) {
                    case "inf" -> Double.POSITIVE_INFINITY;
                    case "-inf" -> Double.NEGATIVE_INFINITY;
                    case "nan" -> Double.NaN;
                    default -> throw new IllegalArgumentException(value.toString());
                };
    }
}
