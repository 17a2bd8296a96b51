package dev.confab.engine.model;

import dev.confab.engine.tensor.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one forward pass is to read, and what came of it: some new tokens for each of any number of sequences, whether
 * the start of a prompt or the next token of a reply. Made once and used again for every token; belongs to one thread.
 *
 * <pre>{@code
 * var batch = new ForwardBatch();
 * int row = batch.add(cache, tokens, 0, tokens.length, 1);
 * model.forward(batch);
 * batch.copyLogits(row, logits);
 * }</pre>
 */
public final class ForwardBatch {
    /** New tokens of one sequence. */
    static final class Segment {
        KeyValueCache cache;
        int firstToken;
        int tokens;
        int outputs;

        private Segment(KeyValueCache cache) {
            this.cache = cache;
        }
    }

    private final List<Segment> segments = new ArrayList<>();
    private int segmentCount;
    private int[] tokens = new int[16];
    private int tokenCount;
    private int outputs;
    private boolean recordsHiddenStates;

    /** {@code [outputs, hidden]}: the last hidden states, after the final layer norm. */
    private Matrix hidden = Matrix.zeros(0, 1);
    /** {@code [outputs, vocabulary]}. */
    private Matrix logits = Matrix.zeros(0, 1);
    /** For the embedding and each layer: {@code [outputs, hidden]}, if asked for. */
    private List<float[][]> hiddenStates = List.of();

    /** An empty batch. */
    public ForwardBatch() {}

    /** Forgets the segments and the results. */
    public void clear() {
        segmentCount = 0;
        tokenCount = 0;
        outputs = 0;
        hiddenStates = List.of();
    }

    /**
     * Asks the forward pass to append tokens to a cache.
     *
     * @param cache the sequence so far; at most once in a batch
     * @param tokens holds the new tokens {@code [from, to)}, at least one
     * @param outputs for how many of the new tokens, counted from the last, results are wanted
     * @return the row of the first result
     */
    public int add(KeyValueCache cache, int[] tokens, int from, int to, int outputs) {
        int count = to - from;
        if (count < 1 || outputs < 0 || outputs > count) {
            throw new IllegalArgumentException(count + " new tokens and " + outputs + " outputs");
        }
        if (tokenCount + count > this.tokens.length) {
            this.tokens = Arrays.copyOf(this.tokens, Math.max(tokenCount + count, 2 * this.tokens.length));
        }
        System.arraycopy(tokens, from, this.tokens, tokenCount, count);
        if (segmentCount == segments.size()) {
            segments.add(new Segment(cache));
        }
        Segment segment = segments.get(segmentCount++);
        segment.cache = cache;
        segment.firstToken = tokenCount;
        segment.tokens = count;
        segment.outputs = outputs;
        tokenCount += count;
        int row = this.outputs;
        this.outputs += outputs;
        return row;
    }

    /** Asks for the hidden states of every layer too, which costs copies. Stays until changed. */
    public void recordHiddenStates(boolean record) {
        recordsHiddenStates = record;
    }

    /** How many segments were added. */
    public int segments() {
        return segmentCount;
    }

    /** How many tokens all segments have together. */
    public int tokens() {
        return tokenCount;
    }

    /**
     * Forgets the segments from one on, as if they had not been added.
     *
     * @param first 0 to {@link #segments}, inclusive
     */
    public void drop(int first) {
        while (segmentCount > first) {
            Segment last = segments.get(--segmentCount);
            tokenCount -= last.tokens;
            outputs -= last.outputs;
        }
    }

    /** How many rows of results the added segments have. */
    public int rows() {
        return outputs;
    }

    /** Copies the scores of all tokens of the vocabulary to follow a row's token: {@code [vocabularySize]}. */
    public void copyLogits(int row, float[] destination) {
        requireRow(row);
        logits.copyRow(row, destination);
    }

    /** Copies a row's last hidden state, after the final layer norm: {@code [hiddenSize]}. */
    public void copyHidden(int row, float[] destination) {
        requireRow(row);
        hidden.copyRow(row, destination);
    }

    /**
     * A row's hidden states as transformers counts them: entry 0 is the embedding, entry i the output of block i, the
     * last one after the final layer norm. {@code [layers + 1][hiddenSize]}.
     *
     * @throws IllegalStateException if they were not asked for
     */
    public float[][] hiddenStates(int row) {
        requireRow(row);
        if (hiddenStates.isEmpty()) {
            throw new IllegalStateException("hidden states were not recorded");
        }
        return hiddenStates.stream().map(layer -> layer[row]).toArray(float[][]::new);
    }

    private void requireRow(int row) {
        if (row < 0 || row >= outputs) {
            throw new IndexOutOfBoundsException("row " + row + " of " + outputs);
        }
    }

    int segmentCount() {
        return segmentCount;
    }

    Segment segment(int index) {
        return segments.get(index);
    }

    int token(int index) {
        return tokens[index];
    }

    boolean recordsHiddenStates() {
        return recordsHiddenStates;
    }

    /** Makes room for the results. */
    void reserve(Gpt2Config config) {
        if (hidden.rows() < outputs
                || hidden.columns() != config.hiddenSize()
                || logits.columns() != config.vocabularySize()) {
            hidden = Matrix.zeros(outputs, config.hiddenSize());
            logits = Matrix.zeros(outputs, config.vocabularySize());
        }
        if (recordsHiddenStates) {
            hiddenStates = new ArrayList<>();
            for (int i = 0; i <= config.layers(); i++) {
                hiddenStates.add(new float[outputs][config.hiddenSize()]);
            }
        }
    }

    Matrix hidden() {
        return hidden;
    }

    Matrix logits() {
        return logits;
    }

    /** Where the hidden state of a layer goes for an output row. */
    float[] hiddenState(int layer, int row) {
        return hiddenStates.get(layer)[row];
    }
}
