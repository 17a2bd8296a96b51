package dev.confab.server.operator;

import dev.confab.server.store.Periods;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far back the operator looks, and in which steps. */
enum Span {
    /** 24 hours, the present one included. */
    DAY("Day", Duration.ofHours(1), 24, "d MMM, HH:mm", "HH:mm"),
    /** Seven days, today included. */
    WEEK("Week", Duration.ofHours(6), 28, "d MMM, HH:mm", "d MMM"),
    /** Thirty days, today included. */
    MONTH("Month", Duration.ofDays(1), 30, "d MMM", "d MMM");

    private final String label;
    private final Duration step;
    private final int steps;
    private final DateTimeFormatter name;
    private final DateTimeFormatter shortName;

    Span(String label, Duration step, int steps, String name, String shortName) {
        this.label = label;
        this.step = step;
        this.steps = steps;
        this.name = DateTimeFormatter.ofPattern(name, Locale.ENGLISH);
        this.shortName = DateTimeFormatter.ofPattern(shortName, Locale.ENGLISH);
    }

    /** The span of a name in an address. */
    static Optional<Span> of(String id) {
        return Arrays.stream(values()).filter(span -> span.id().equals(id)).findFirst();
    }

    /** The name in an address. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What people see. */
    String label() {
        return label;
    }

    /** The steps, of which the last is now. */
    Periods until(Instant now, ZoneId zone) {
        ZonedDateTime here = now.atZone(zone);
        Instant from = this == DAY
                ? here.truncatedTo(ChronoUnit.HOURS).minusHours(steps - 1L).toInstant()
                : here.truncatedTo(ChronoUnit.DAYS)
                        .minusDays(step.multipliedBy(steps).toDays() - 1)
                        .toInstant();
        return new Periods(from, step, steps);
    }

    /** When a step begins, in full. */
    String name(Instant begin, ZoneId zone) {
        return name.format(begin.atZone(zone));
    }

    /** The same as short as it fits below a plot. */
    String shortName(Instant begin, ZoneId zone) {
        return shortName.format(begin.atZone(zone));
    }
}
