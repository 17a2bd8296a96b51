package dev.confab.evaluation;

import dev.confab.engine.generation.logits.Scores;
import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.KeyValueCache;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Sums up how likely a model finds the tokens of many rows. Rows are read together, a row's parts in several passes where
 * it does not fit into one, so that the model always has a full batch and nothing is padded.
 *
 * <p>Belongs to one thread; must be closed.
 */
final class LossMeter implements AutoCloseable {
    /** Bounds the memory of a pass's logits, which have a row as long as the vocabulary for each token. */
    private static final int LOGIT_BYTES = 64 << 20;

    private static final int MOST_TOKENS = 512;
    private static final int FEWEST_TOKENS = 32;

    private final Gpt2 model;
    private final int tokensPerPass;
    private final float[] scores;
    private final ForwardBatch batch = new ForwardBatch();
    private final Deque<Reading> waiting = new ArrayDeque<>();
    private int waitingTokens;
    private double sum;
    private long tokens;

    LossMeter(Gpt2 model) {
        this.model = model;
        int vocabulary = model.config().vocabularySize();
        tokensPerPass = Math.clamp(LOGIT_BYTES / (Float.BYTES * (long) vocabulary), FEWEST_TOKENS, MOST_TOKENS);
        scores = new float[vocabulary];
    }

    /** Adds a row, and reads when enough have come together. */
    void add(TokenRow row) {
        var reading = new Reading(row);
        waiting.add(reading);
        waitingTokens += reading.left();
        while (waitingTokens >= tokensPerPass) {
            pass();
        }
    }

    /** Reads what is left; the sum is then complete. */
    void finish() {
        while (!waiting.isEmpty()) {
            pass();
        }
    }

    /** The sum of the negative log-probabilities so far, in nats. */
    double sum() {
        return sum;
    }

    /** How many tokens the sum is over. */
    long tokens() {
        return tokens;
    }

    private void pass() {
        batch.clear();
        List<Part> parts = new ArrayList<>();
        int room = tokensPerPass;
        for (Reading reading : waiting) {
            if (room == 0) {
                break;
            }
            Part part = reading.enqueue(room);
            parts.add(part);
            room -= part.to - part.from;
        }
        model.forward(batch);
        parts.forEach(this::score);
        waitingTokens -= tokensPerPass - room;
        while (!waiting.isEmpty() && waiting.peek().left() == 0) {
            waiting.remove().close();
        }
    }

    private void score(Part part) {
        int[] row = part.reading.row.tokens();
        for (int i = 0; i < part.outputs; i++) {
            batch.copyLogits(part.firstResult + i, scores);
            int next = row[part.to - part.outputs + i + 1];
            sum -= scores[next] - Scores.logSumExp(scores);
        }
        tokens += part.outputs;
    }

    @Override
    public void close() {
        waiting.forEach(Reading::close);
        waiting.clear();
    }

    /** What of a row is in a pass: its tokens {@code [from, to)}, and results for the last of them. */
    private record Part(Reading reading, int from, int to, int outputs, int firstResult) {}

    /** A row on its way. */
    private final class Reading implements AutoCloseable {
        private final TokenRow row;
        private final KeyValueCache cache = model.newCache();
        private int read;

        Reading(TokenRow row) {
            this.row = row;
        }

        /** Tokens still to be read. The last of a row is not: nothing after it is wanted. */
        int left() {
            return row.tokens().length - 1 - read;
        }

        Part enqueue(int most) {
            int from = read;
            read += Math.min(most, left());
            int outputs = Math.max(0, read - Math.max(from, row.firstScored() - 1));
            return new Part(this, from, read, outputs, batch.add(cache, row.tokens(), from, read, outputs));
        }

        @Override
        public void close() {
            cache.close();
        }
    }
}
