package dev.confab.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Handle;

/**
 * What the conversations that are kept tell their operator: how much is asked, how quickly it is answered, and what people
 * think of it. May be used by several threads at the same time.
 */
public final class Usage {
    /** How many ratings of one reply are told. */
    private static final int RATINGS = 10;

    /** The hour of a reply is computed by whole division, which both databases do alike. */
    private static final String HOURS = """
            with replies as (
                select sent_at / :hour as hour, state, seconds_to_first, owner,
                    row_number() over (partition by sent_at / :hour order by seconds_to_first nulls last) as place,
                    count(seconds_to_first) over (partition by sent_at / :hour) as timed
                from messages join conversations on conversations.key = messages.conversation
                where role = 'ASSISTANT' and sent_at >= :from and sent_at < :to)
            select hour, count(*) as replies,
                sum(case when state = 'FAILED' then 1 else 0 end) as failed,
                sum(case when state = 'STOPPED' then 1 else 0 end) as stopped,
                count(distinct owner) as owners,
                max(case when place = (timed + 1) / 2 then seconds_to_first end) as median,
                max(case when place = (timed * 95 + 99) / 100 then seconds_to_first end) as slow
            from replies group by hour order by hour
            """;

    private final Database database;

    /** Of an open database. */
    public Usage(Database database) {
        this.database = database;
    }

    /**
     * The hours in which something was asked, in order.
     *
     * @param from the earliest time, belongs to it
     * @param to the latest, does not belong to it
     */
    public List<HourOfUse> hours(Instant from, Instant to) {
        return database.read(handle -> handle.createQuery(HOURS)
                .bind("hour", Microseconds.HOUR)
                .bind("from", Microseconds.of(from))
                .bind("to", Microseconds.of(to))
                .map((row, _) -> new HourOfUse(
                        Microseconds.instant(row.getLong("hour") * Microseconds.HOUR),
                        row.getLong("replies"),
                        row.getLong("failed"),
                        row.getLong("stopped"),
                        row.getLong("owners"),
                        seconds(row, "median"),
                        seconds(row, "slow")))
                .list());
    }

    private static OptionalDouble seconds(ResultSet row, String column) throws SQLException {
        double seconds = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(seconds);
    }

    /**
     * How often each of the page's options for feedback was chosen, the most frequent first.
     *
     * @param from the earliest time of the feedback, belongs to it
     * @param to the latest, does not belong to it
     */
    public Map<String, Long> feedback(Instant from, Instant to) {
        return database.read(handle -> {
            Map<String, Long> counts = new LinkedHashMap<>();
            handle.createQuery("""
                            select feedback_option, count(*) as chosen from messages
                            where feedback_option is not null and feedback_at >= :from and feedback_at < :to
                            group by feedback_option order by chosen desc, feedback_option
                            """)
                    .bind("from", Microseconds.of(from))
                    .bind("to", Microseconds.of(to))
                    .map((row, _) -> Map.entry(MessageRows.text(row, "feedback_option"), row.getLong("chosen")))
                    .forEach(option -> counts.put(option.getKey(), option.getValue()));
            return counts;
        });
    }

    /**
     * The replies that most people gave one kind of feedback for, such as {@code Dislike}; equal texts are one reply.
     * Conversations that their owners have deleted are left out.
     *
     * @param limit how many replies at most
     */
    public List<RatedReply> mostRated(String option, Instant from, Instant to, int limit) {
        String rated = """
                from messages join conversations on conversations.key = messages.conversation
                where feedback_option = :option and feedback_at >= :from and feedback_at < :to and deleted_at is null
                """;
        return database.read(handle -> handle
                .createQuery("select text, count(*) as ratings, max(feedback_at) as latest " + rated
                        + " group by text order by ratings desc, latest desc limit :limit")
                .bind("option", StoredText.encode(option))
                .bind("from", Microseconds.of(from))
                .bind("to", Microseconds.of(to))
                .bind("limit", limit)
                .map((row, _) -> Map.entry(row.getString("text"), row.getLong("ratings")))
                .list()
                .stream()
                .map(reply -> new RatedReply(
                        StoredText.decode(reply.getKey()),
                        reply.getValue(),
                        ratings(handle, rated, option, from, to, reply.getKey())))
                .toList());
    }

    private static List<RatedReply.Rating> ratings(
            Handle handle, String rated, String option, Instant from, Instant to, String text) {
        return handle.createQuery("select owner, conversations.id as conversation, messages.id as message,"
                        + " feedback_comment, feedback_at " + rated
                        + " and text = :text order by feedback_at desc limit :limit")
                .bind("option", StoredText.encode(option))
                .bind("from", Microseconds.of(from))
                .bind("to", Microseconds.of(to))
                .bind("text", text)
                .bind("limit", RATINGS)
                .map((row, _) -> new RatedReply.Rating(
                        MessageRows.text(row, "owner"),
                        MessageRows.text(row, "conversation"),
                        MessageRows.text(row, "message"),
                        MessageRows.text(row, "feedback_comment"),
                        Microseconds.instant(row, "feedback_at")))
                .list();
    }
}
