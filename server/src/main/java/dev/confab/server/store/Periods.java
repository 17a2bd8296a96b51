package dev.confab.server.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Times of one length that follow one another.
 *
 * @param from the begin of the first
 * @param length of each, positive
 * @param count how many, at least 1
 */
public record Periods(Instant from, Duration length, int count) {
    private static final int MOST = 10_000;

    /** Checks the numbers. */
    public Periods {
        if (!length.isPositive() || count < 1 || count > MOST) {
            throw new IllegalArgumentException(
                    count + " periods of " + length + ", expected 1 to " + MOST + " of more than 0");
        }
    }

    /** All of a time as one period. */
    public static Periods one(Instant from, Instant to) {
        return new Periods(from, Duration.between(from, to), 1);
    }

    /** The same time as one period. */
    public Periods whole() {
        return one(from, to());
    }

    /** The begin of a period, counted from 0. */
    public Instant begin(int index) {
        return from.plus(length.multipliedBy(index));
    }

    /** The end of the last, which does not belong to it. */
    public Instant to() {
        return begin(count);
    }

    /** A query with the parameters {@code from}, {@code to} and {@code length}. */
    Query query(Handle handle, String sql) {
        return handle.createQuery(sql)
                .bind("from", Microseconds.of(from))
                .bind("to", Microseconds.of(to()))
                .bind("length", length.toNanos() / 1000);
    }

    /** What is known of each period, or what stands for those of which nothing is. */
    <T> List<T> fill(Map<Integer, T> known, IntFunction<T> nothing) {
        List<T> all = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> all.add(known.containsKey(i) ? known.get(i) : nothing.apply(i)));
        return List.copyOf(all);
    }
}
