package dev.confab.server.operator;

import dev.confab.server.store.Periods;
import java.time.ZoneId;

/**
 * What runs from left to right in a plot.
 *
 * @param span which one
 * @param periods its steps
 * @param zone in which times are told
 */
record Axis(Span span, Periods periods, ZoneId zone) {
    /** How many steps there are. */
    int count() {
        return periods.count();
    }

    /** When a step begins, in full. */
    String name(int step) {
        return span.name(periods.begin(step), zone);
    }

    /** The same as short as it fits below a plot. */
    String shortName(int step) {
        return span.shortName(periods.begin(step), zone);
    }
}
