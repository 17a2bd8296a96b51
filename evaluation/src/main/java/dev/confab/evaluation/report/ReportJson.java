package dev.confab.evaluation.report;

import dev.confab.evaluation.metric.Interval;
import dev.confab.evaluation.metric.Score;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The machine-readable form, which stays as it is: {@code {"nist": [..], "bleu": [..], .., "average_length": ..}}. A metric
 * with several values is a list, one with a single value a number; {@code "intervals"} has a pair for each value, in the
 * same shape. Several systems are a list in {@code "systems"}, each with its {@code "name"}.
 */
public final class ReportJson {
    private ReportJson() {}

    /**
     * The document of a report.
     *
     * @param systems at least one
     */
    public static ObjectNode of(List<SystemReport> systems) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        if (systems.size() == 1) {
            fill(document, systems.getFirst());
        } else {
            ArrayNode list = document.putArray("systems");
            systems.forEach(system -> fill(list.addObject().put("name", system.name()), system));
        }
        return document;
    }

    private static void fill(ObjectNode document, SystemReport system) {
        system.perplexity()
                .ifPresent(found -> document.put("loss", found.loss())
                        .put("perplexity", found.perplexity())
                        .put("tokens", found.tokens()));
        for (Score score : system.scores()) {
            if (score.values().size() == 1) {
                document.put(score.metric().key(), score.values().getFirst());
            } else {
                ArrayNode values = document.putArray(score.metric().key());
                score.values().forEach(values::add);
            }
        }
        if (system.scores().stream().anyMatch(score -> !score.intervals().isEmpty())) {
            ObjectNode intervals = document.putObject("intervals");
            system.scores().forEach(score -> putIntervals(intervals, score));
        }
    }

    private static void putIntervals(ObjectNode document, Score score) {
        ArrayNode list = document.putArray(score.metric().key());
        for (Interval interval : score.intervals()) {
            ArrayNode pair = score.intervals().size() == 1 ? list : list.addArray();
            pair.add(interval.low()).add(interval.high());
        }
    }
}
