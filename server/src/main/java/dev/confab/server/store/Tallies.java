package dev.confab.server.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What was counted in each hour and is not in the conversations, such as requests to the API and filtered texts. Replicas
 * add to the same counts. May be used by several threads at the same time.
 */
public final class Tallies {
    /** How long counts are kept. */
    static final Duration KEPT = Duration.ofDays(400);

    private final Database database;

    /** Of an open database. */
    public Tallies(Database database) {
        this.database = database;
    }

    /**
     * Adds to the counts of an hour.
     *
     * @param at any time in it
     * @param counts by their names, which are the caller's
     */
    public void add(Instant at, Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        database.change(handle -> {
            try (PreparedBatch batch = handle.prepareBatch("""
                    insert into tallies (hour, name, total) values (:hour, :name, :total)
                    on conflict (hour, name) do update set total = tallies.total + excluded.total
                    """)) {
                counts.forEach((name, total) -> batch.bind("hour", Microseconds.of(at) / Microseconds.HOUR)
                        .bind("name", StoredText.encode(name))
                        .bind("total", total)
                        .add());
                batch.execute();
            }
        });
    }

    /** The counts of each period, by their names; an hour belongs to the period that it begins in. */
    public List<Map<String, Long>> counts(Periods periods) {
        return database.read(handle -> {
            Map<Integer, Map<String, Long>> known = new HashMap<>();
            periods.query(handle, """
                            select (hour * :hour - :from) / :length as period, name, sum(total) as total from tallies
                            where hour * :hour >= :from and hour * :hour < :to
                            group by period, name
                            """)
                    .bind("hour", Microseconds.HOUR)
                    .map((row, _) -> Map.entry(
                            row.getInt("period"), Map.entry(MessageRows.text(row, "name"), row.getLong("total"))))
                    .forEach(count -> known.computeIfAbsent(count.getKey(), _ -> new HashMap<>())
                            .put(count.getValue().getKey(), count.getValue().getValue()));
            return periods.fill(known, _ -> Map.of());
        });
    }

    /** Forgets what is too old to be looked at. */
    static void removeOld(Handle handle, Instant now) {
        handle.createUpdate("delete from tallies where hour < :oldest")
                .bind("oldest", Microseconds.of(now.minus(KEPT)) / Microseconds.HOUR)
                .execute();
    }
}
