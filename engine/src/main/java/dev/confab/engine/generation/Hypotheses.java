package dev.confab.engine.generation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The best finished sequences of a beam search; transformers' {@code BeamHypotheses} as of version 4.36, where a
 * sequence is scored by its sum of log-probabilities divided by a power of the number of generated tokens.
 */
final class Hypotheses {
    private final int capacity;
    private final double lengthPenalty;
    private final EarlyStopping earlyStopping;
    private final int longestReply;
    private final List<Hypothesis> best = new ArrayList<>();
    private double worstScore = 1e9;

    /**
     * An empty list.
     *
     * @param capacity how many to keep
     * @param longestReply the most tokens that can follow the prompt
     */
    Hypotheses(int capacity, GenerationConfig config, int longestReply) {
        this.capacity = capacity;
        this.lengthPenalty = config.lengthPenalty();
        this.earlyStopping = config.earlyStopping();
        this.longestReply = longestReply;
    }

    /**
     * Adds a sequence if it is good enough.
     *
     * @param sequence not changed afterwards
     * @param sum its log-probabilities' sum
     * @param scoredLength the number of tokens that it is scored by: the generated ones, the end included
     * @param ended whether its last token is an end of sequence
     */
    void add(TokenSequence sequence, double sum, int scoredLength, boolean ended) {
        double score = sum / Math.pow(scoredLength, lengthPenalty);
        if (best.size() >= capacity && !(score > worstScore)) {
            return;
        }
        best.add(new Hypothesis(sequence, score, ended));
        if (best.size() > capacity) {
            best.remove(worst());
            worstScore = best.get(worst()).score();
        } else {
            worstScore = Math.min(score, worstScore);
        }
    }

    private int worst() {
        int worst = 0;
        for (int i = 1; i < best.size(); i++) {
            if (best.get(i).score() < best.get(worst).score()) {
                worst = i;
            }
        }
        return worst;
    }

    /**
     * Whether the search can stop.
     *
     * @param bestSum the best sum of log-probabilities among the present continuations
     * @param replyLength their number of generated tokens
     */
    boolean complete(double bestSum, int replyLength) {
        if (best.size() < capacity) {
            return false;
        }
        return switch (earlyStopping) {
            case TRUE -> true;
            case FALSE -> worstScore >= bestSum / Math.pow(replyLength, lengthPenalty);
            case NEVER ->
                worstScore >= bestSum / Math.pow(lengthPenalty > 0 ? longestReply : replyLength, lengthPenalty);
        };
    }

    List<Hypothesis> all() {
        return best;
    }

    /** The best of several lists, best first; among equals the one that was added last. */
    static List<Hypothesis> best(List<Hypothesis> candidates, int count) {
        List<Hypothesis> ranked = new ArrayList<>(candidates.reversed());
        ranked.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
        return ranked.subList(0, Math.min(count, ranked.size()));
    }

    /**
     * A sequence that is finished, or was cut off.
     *
     * @param score what it is ranked by
     * @param ended whether its last token is an end of sequence
     */
    record Hypothesis(TokenSequence sequence, double score, boolean ended) {}
}
