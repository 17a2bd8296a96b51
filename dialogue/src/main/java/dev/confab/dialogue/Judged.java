package dev.confab.dialogue;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A draft after guards, filters and rankers have seen it. Belongs to one thread.
 */
final class Judged {
    private final Draft draft;
    private final String text;
    private final String rejection;
    private final String substitute;
    private final Map<String, Double> scores = new LinkedHashMap<>();
    private double score;

    /**
     * A judged draft.
     *
     * @param text what would be said: the draft's text, or what a filter made of it
     * @param rejection why it may not be said, or empty
     * @param substitute what a filter wants said instead, or empty
     */
    Judged(Draft draft, String text, String rejection, String substitute) {
        this.draft = draft;
        this.text = text;
        this.rejection = rejection;
        this.substitute = substitute;
    }

    Draft draft() {
        return draft;
    }

    String text() {
        return text;
    }

    boolean accepted() {
        return rejection.isEmpty();
    }

    String rejection() {
        return rejection;
    }

    String substitute() {
        return substitute;
    }

    double score() {
        return score;
    }

    void add(String ranker, double value, double weight) {
        scores.put(ranker, value);
        score += value * weight;
    }

    Candidate candidate() {
        return new Candidate(text, score, scores, rejection);
    }
}
