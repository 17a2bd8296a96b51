package dev.confab.evaluation.data;

import java.util.List;

/**
 * What was said and what people answered.
 *
 * @param context the turns before the answer, the oldest first; empty where they are not known
 * @param references the answers, at least one
 */
public record Exchange(List<String> context, List<String> references) {
    static final String CONTEXT = "context";
    static final String REFERENCES = "references";

    /** Copies the lists. */
    public Exchange {
        context = List.copyOf(context);
        references = List.copyOf(references);
    }

    static Exchange of(JsonLine line) {
        return new Exchange(line.has(CONTEXT) ? line.texts(CONTEXT) : List.of(), line.texts(REFERENCES));
    }
}
