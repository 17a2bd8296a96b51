package dev.confab.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Handle;

/**
 * What the conversations that are kept tell their operator: how much is asked, how quickly it is answered, and what people
 * think of it. May be used by several threads at the same time.
 */
public final class Usage {
    /** How many ratings of one reply are told. */
    private static final int RATINGS = 10;

    /** The period of a reply is computed by whole division, which both databases do alike. */
    private static final String PERIODS = """
            with asked as (
                select (sent_at - :from) / :length as period, state, owner, seconds_to_first as wait,
                    case when unit = 'TOKENS' then per_second end as speed
                from messages join conversations on conversations.key = messages.conversation
                where role = 'ASSISTANT' and sent_at >= :from and sent_at < :to),
            replies as (
                select asked.*,
                    row_number() over (partition by period order by wait nulls last) as wait_place,
                    count(wait) over (partition by period) as waits,
                    row_number() over (partition by period order by speed desc nulls last) as speed_place,
                    count(speed) over (partition by period) as speeds
                from asked)
            select period, count(*) as replies,
                sum(case when state = 'FAILED' then 1 else 0 end) as failed,
                sum(case when state = 'STOPPED' then 1 else 0 end) as stopped,
                count(distinct owner) as owners,
                max(case when wait_place = (waits + 1) / 2 then wait end) as wait_median,
                max(case when wait_place = (waits * 95 + 99) / 100 then wait end) as wait_slow,
                max(case when speed_place = (speeds + 1) / 2 then speed end) as speed_median,
                max(case when speed_place = (speeds * 95 + 99) / 100 then speed end) as speed_slow
            from replies group by period
            """;

    private final Database database;

    /** Of an open database. */
    public Usage(Database database) {
        this.database = database;
    }

    /** What was asked in each period. */
    public List<PeriodOfUse> periods(Periods periods) {
        return database.read(handle -> {
            Map<Integer, PeriodOfUse> known = new HashMap<>();
            periods.query(handle, PERIODS)
                    .map((row, _) -> Map.entry(row.getInt("period"), use(periods.begin(row.getInt("period")), row)))
                    .forEach(period -> known.put(period.getKey(), period.getValue()));
            return periods.fill(known, index -> PeriodOfUse.quiet(periods.begin(index)));
        });
    }

    private static PeriodOfUse use(Instant begin, ResultSet row) throws SQLException {
        return new PeriodOfUse(
                begin,
                row.getLong("replies"),
                row.getLong("failed"),
                row.getLong("stopped"),
                row.getLong("owners"),
                new Typical(number(row, "wait_median"), number(row, "wait_slow")),
                new Typical(number(row, "speed_median"), number(row, "speed_slow")));
    }

    private static OptionalDouble number(ResultSet row, String column) throws SQLException {
        double number = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** How often each of the page's options for feedback was chosen in each period, the most frequent first. */
    public List<Map<String, Long>> feedback(Periods periods) {
        return database.read(handle -> {
            Map<Integer, Map<String, Long>> known = new HashMap<>();
            periods.query(handle, """
                            select (feedback_at - :from) / :length as period, feedback_option, count(*) as chosen
                            from messages
                            where feedback_option is not null and feedback_at >= :from and feedback_at < :to
                            group by period, feedback_option order by chosen desc, feedback_option
                            """)
                    .map((row, _) -> Map.entry(
                            row.getInt("period"),
                            Map.entry(MessageRows.text(row, "feedback_option"), row.getLong("chosen"))))
                    .forEach(option -> known.computeIfAbsent(option.getKey(), _ -> new LinkedHashMap<>())
                            .put(option.getValue().getKey(), option.getValue().getValue()));
            return periods.fill(known, _ -> Map.of());
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
        return handle.createQuery("select conversations.key as conversation, messages.id as message,"
                        + " feedback_comment, feedback_at " + rated
                        + " and text = :text order by feedback_at desc limit :limit")
                .bind("option", StoredText.encode(option))
                .bind("from", Microseconds.of(from))
                .bind("to", Microseconds.of(to))
                .bind("text", text)
                .bind("limit", RATINGS)
                .map((row, _) -> new RatedReply.Rating(
                        row.getLong("conversation"),
                        MessageRows.text(row, "message"),
                        MessageRows.text(row, "feedback_comment"),
                        Microseconds.instant(row, "feedback_at")))
                .list();
    }

    /**
     * A conversation in which someone has rated a reply; others are nobody's business but their owners', and empty here,
     * as are those that their owners have deleted.
     *
     * @param number as {@link RatedReply.Rating#conversation} has it
     */
    public Optional<RatedConversation> conversation(long number) {
        return database.read(handle -> handle.createQuery("""
                        select * from conversations where key = :key and deleted_at is null and exists (
                            select 1 from messages where conversation = conversations.key and feedback_option is not null)
                        """)
                .bind("key", number)
                .map((row, _) -> Map.entry(MessageRows.text(row, "owner"), ConversationRows.row(row)))
                .findOne()
                .map(found -> new RatedConversation(
                        found.getKey(), ConversationRows.conversation(handle, found.getValue()))));
    }
}
