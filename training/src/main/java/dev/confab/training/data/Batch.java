package dev.confab.training.data;

import java.util.Arrays;

/**
 * Rows of token ids that go through the model together; a buffer that is made once and filled for each step.
 *
 * <p>Belongs to one thread.
 */
public final class Batch {
    private final int[] ids;
    private final float[] weights;
    private int rows;
    private int length;

    /**
     * An empty batch.
     *
     * @param tokens the most ids that it has room for, padding included
     */
    public Batch(int tokens) {
        ids = new int[tokens];
        weights = new float[tokens];
    }

    /**
     * A batch of given rows.
     *
     * @param ids (rows, length) row by row
     * @param weights how much predicting each of them counts, as {@link #weights}
     * @throws IllegalArgumentException if there are not as many of both
     */
    public static Batch of(int rows, int length, int[] ids, float[] weights) {
        if (ids.length != rows * length || weights.length != rows * length) {
            throw new IllegalArgumentException(rows + " rows of " + length + " tokens, but " + ids.length + " ids and "
                    + weights.length + " weights");
        }
        var batch = new Batch(ids.length);
        batch.rows = rows;
        batch.length = length;
        System.arraycopy(ids, 0, batch.ids, 0, ids.length);
        System.arraycopy(weights, 0, batch.weights, 0, weights.length);
        return batch;
    }

    /** How many rows there are. */
    public int rows() {
        return rows;
    }

    /** How many ids each row has, padding included. */
    public int length() {
        return length;
    }

    /**
     * The ids, (rows, length) row by row; shorter rows are filled up with eos at the end. The array itself, which may be
     * longer than what is filled.
     */
    public int[] ids() {
        return ids;
    }

    /**
     * How much predicting each id counts, (rows, length): element {@code r * length + t} is about predicting
     * {@code ids[r * length + t]} from what is before it in row r. 0 at the first position and on padding. The array
     * itself.
     */
    public float[] weights() {
        return weights;
    }

    /** The sum of all weights, above 0: what a sum of losses is divided by. */
    public double totalWeight() {
        double total = 0;
        for (int i = 0; i < rows * length; i++) {
            total += weights[i];
        }
        return total;
    }

    /** How many ids are learned. */
    public long learnedTokens() {
        long learned = 0;
        for (int i = 0; i < rows * length; i++) {
            learned += weights[i] == 0 ? 0 : 1;
        }
        return learned;
    }

    /** How many ids there is room for. */
    int capacity() {
        return ids.length;
    }

    /** Empties it, for rows of a length. */
    void clear(int length) {
        this.length = length;
        rows = 0;
    }

    /** Adds an example as a row. */
    void add(TokenizedDataset dataset, int example) {
        int start = rows++ * length;
        int used = dataset.length(example);
        dataset.copy(example, ids, weights, start);
        Arrays.fill(ids, start + used, start + length, dataset.eosTokenId());
        Arrays.fill(weights, start + used, start + length, 0);
    }
}
