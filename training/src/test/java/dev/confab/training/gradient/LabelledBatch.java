package dev.confab.training.gradient;

import dev.confab.training.data.Batch;
import tools.jackson.databind.JsonNode;

/** Batches of the golden files: {@code input_ids} and {@code labels}, where -100 is not learned. */
final class LabelledBatch {
    private LabelledBatch() {}

    static Batch of(JsonNode golden) {
        JsonNode ids = golden.get("input_ids");
        int rows = ids.size();
        int length = ids.get(0).size();
        int[] tokens = new int[rows * length];
        float[] weights = new float[rows * length];
        for (int i = 0; i < rows * length; i++) {
            tokens[i] = ids.get(i / length).get(i % length).intValue();
            int label = golden.get("labels").get(i / length).get(i % length).intValue();
            weights[i] = label < 0 || i % length == 0 ? 0 : 1;
        }
        return Batch.of(rows, length, tokens, weights);
    }
}
