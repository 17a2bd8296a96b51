package dev.confab.evaluation.report;

import dev.confab.evaluation.Perplexity;
import dev.confab.evaluation.metric.Score;
import java.util.List;
import java.util.Optional;

/**
 * What was measured of one model, or of one file of replies.
 *
 * @param name the model's or the file's name
 * @param perplexity of dialogues, if it was measured
 * @param scores of replies; the same metrics in the same order for all systems of a report; empty if none were measured
 */
public record SystemReport(String name, Optional<Perplexity> perplexity, List<Score> scores) {
    /** Copies the list. */
    public SystemReport {
        scores = List.copyOf(scores);
    }
}
