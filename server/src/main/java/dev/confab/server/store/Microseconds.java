package dev.confab.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times as the databases hold them: microseconds since 1970, which both order and compare as they are. */
final class Microseconds {
    /** An hour. */
    static final long HOUR = 3_600_000_000L;

    private Microseconds() {}

    static long of(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }

    static Instant instant(long microseconds) {
        return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return instant(row.getLong(column));
    }

    static @Nullable Instant optional(ResultSet row, String column) throws SQLException {
        long microseconds = row.getLong(column);
        return row.wasNull() ? null : instant(microseconds);
    }
}
