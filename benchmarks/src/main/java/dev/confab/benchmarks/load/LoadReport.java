package dev.confab.benchmarks.load;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people had of a server while it was measured. Messages count that were sent in that time; tokens, that came in it.
 *
 * @param people how many there were
 * @param seconds how long was measured
 * @param replies messages that were answered
 * @param errors messages that were not, by reason
 * @param tokensPerSecond of all replies together
 * @param firstToken seconds from a message to the first part of its reply
 * @param total seconds from a message to the end of its reply
 * @param replyTokens mean length of a reply
 * @param promptTokens mean length of a conversation
 * @param cachedShare which share of the conversations the server says that it had read before, 0 to 1
 * @param serverBytes the most memory that the server's process had, if somebody looked
 */
record LoadReport(
        int people,
        double seconds,
        int replies,
        Map<String, Integer> errors,
        double tokensPerSecond,
        Spread firstToken,
        Spread total,
        double replyTokens,
        double promptTokens,
        double cachedShare,
        OptionalLong serverBytes) {

    /**
     * How a time is spread, in seconds; not a number where there is none.
     *
     * @param p50 half are shorter
     * @param p95 of 100, 95 are shorter
     * @param p99 of 100, 99 are shorter
     */
    record Spread(double p50, double p95, double p99) {
        static Spread of(List<Turn> turns, ToDoubleFunction<Turn> time) {
            double[] sorted = turns.stream().mapToDouble(time).sorted().toArray();
            return new Spread(quantile(sorted, 0.5), quantile(sorted, 0.95), quantile(sorted, 0.99));
        }

        /** The smallest value that this share of all does not exceed. */
        private static double quantile(double[] sorted, double share) {
            return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
        }

        /** The three in milliseconds, for a table. */
        String figures() {
            return String.format(Locale.ROOT, "%,.0f / %,.0f / %,.0f", 1000 * p50, 1000 * p95, 1000 * p99);
        }

        private String milliseconds() {
            return String.format(
                    Locale.ROOT, "p50 %,.0f ms, p95 %,.0f ms, p99 %,.0f ms", 1000 * p50, 1000 * p95, 1000 * p99);
        }

        private void addTo(ObjectNode node) {
            node.put("p50", 1000 * p50).put("p95", 1000 * p95).put("p99", 1000 * p99);
        }
    }

    /**
     * Sums up.
     *
     * @param all all messages, also those before and after
     * @param from when measuring began, as {@link System#nanoTime}
     * @param to when it ended
     */
    static LoadReport of(int people, List<Turn> all, long from, long to, OptionalLong serverBytes) {
        List<Turn> counted = all.stream()
                .filter(turn -> turn.asked() >= from && turn.asked() < to)
                .toList();
        List<Turn> answered =
                counted.stream().filter(turn -> turn.error() == null).toList();
        Map<String, Integer> errors = counted.stream()
                .map(Turn::error)
                .filter(error -> error != null)
                .collect(Collectors.toMap(error -> error, _ -> 1, Integer::sum, TreeMap::new));
        double seconds = (to - from) / 1e9;
        double tokens =
                all.stream().mapToDouble(turn -> turn.tokensWithin(from, to)).sum();
        double promptTokens = mean(answered, Turn::promptTokens);
        return new LoadReport(
                people,
                seconds,
                answered.size(),
                errors,
                tokens / seconds,
                Spread.of(answered, Turn::firstToken),
                Spread.of(answered, Turn::total),
                mean(answered, Turn::tokens),
                promptTokens,
                promptTokens == 0 ? 0 : mean(answered, Turn::cachedTokens) / promptTokens,
                serverBytes);
    }

    private static double mean(List<Turn> turns, ToDoubleFunction<Turn> value) {
        return turns.stream().mapToDouble(value).average().orElse(0);
    }

    /** How often which error happened. */
    String failures() {
        return errors.isEmpty()
                ? "none"
                : errors.entrySet().stream()
                        .map(error -> error.getValue() + " x " + error.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** The server's memory with its unit, if somebody looked. */
    Optional<String> memory() {
        return serverBytes.stream()
                .mapToObj(bytes -> String.format(Locale.ROOT, "%,d MB", bytes >> 20))
                .findFirst();
    }

    /** A table for people. */
    String text() {
        return String.format(
                        Locale.ROOT,
                        """
                        people          %d, measured for %.0f s
                        replies         %,d of %.1f tokens, after %.0f tokens of conversation
                        errors          %s
                        speed in all    %.1f tokens/s
                        first token     %s
                        whole reply     %s
                        read before     %.0f %% of the conversations
                        """,
                        people,
                        seconds,
                        replies,
                        replyTokens,
                        promptTokens,
                        failures(),
                        tokensPerSecond,
                        firstToken.milliseconds(),
                        total.milliseconds(),
                        100 * cachedShare)
                + memory().map(bytes -> "server's memory " + bytes + "\n").orElse("");
    }

    /** The same for programs; times in milliseconds. */
    ObjectNode json() {
        ObjectNode node = JsonMapper.shared()
                .createObjectNode()
                .put("people", people)
                .put("seconds", seconds)
                .put("replies", replies)
                .put("reply_tokens", replyTokens)
                .put("prompt_tokens", promptTokens)
                .put("cached_share", cachedShare)
                .put("tokens_per_second", tokensPerSecond);
        ObjectNode byReason = node.putObject("errors");
        errors.forEach(byReason::put);
        firstToken.addTo(node.putObject("first_token_ms"));
        total.addTo(node.putObject("total_ms"));
        serverBytes.ifPresent(bytes -> node.put("server_memory_bytes", bytes));
        return node;
    }
}
