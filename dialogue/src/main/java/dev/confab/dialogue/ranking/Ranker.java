package dev.confab.dialogue.ranking;

import java.util.List;

/**
 * Scores replies that might be given. Implementations are usable from any thread.
 */
public interface Ranker {
    /** A short name in small letters, such as {@code likelihood}, by which people choose it and see its scores. */
    String name();

    /**
     * Scores replies, each the higher the better it is; from 0 to 1 where possible, so that weights mean the same for all
     * rankers.
     *
     * @param context what was said before, the latest last; at least one turn
     * @param proposals at least one
     * @return a score for each, in their order
     * @throws RuntimeException if it fails; the chatbot then does without it
     */
    double[] score(List<String> context, List<Proposal> proposals);
}
