package dev.confab.dialogue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A reply that might have been given.
 *
 * @param text the reply
 * @param score what the candidates were ranked by, the highest first; 0 where nothing ranks them
 * @param scores the score of each ranker by its name
 * @param rejection why it could not be given, or empty
 */
public record Candidate(String text, double score, Map<String, Double> scores, String rejection) {
    /** Copies the scores. */
    public Candidate {
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    /** Whether it could not be given. */
    public boolean rejected() {
        return !rejection.isEmpty();
    }
}
