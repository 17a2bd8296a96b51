package dev.confab.training.gradient;

import tools.jackson.databind.JsonNode;

/** A batch of the golden files: {@code input_ids} and {@code labels}, where -100 is not learned. */
record LabelledBatch(int rows, int length, int[] ids, float[] weights) {
    static LabelledBatch of(JsonNode golden) {
        JsonNode ids = golden.get("input_ids");
        int rows = ids.size();
        int length = ids.get(0).size();
        var batch = new LabelledBatch(rows, length, new int[rows * length], new float[rows * length]);
        for (int i = 0; i < rows * length; i++) {
            batch.ids[i] = ids.get(i / length).get(i % length).intValue();
            int label = golden.get("labels").get(i / length).get(i % length).intValue();
            batch.weights[i] = label < 0 || i % length == 0 ? 0 : 1;
        }
        return batch;
    }

    /** How many labels are learned. */
    int count() {
        int count = 0;
        for (float weight : weights) {
            count += weight > 0 ? 1 : 0;
        }
        return count;
    }
}
