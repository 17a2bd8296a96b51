package dev.confab.benchmarks.load;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How people chat.
 *
 * @param turns messages of one conversation at most
 * @param pace how many times as quick as people they are; 0 for no pauses at all
 * @param arrival within which time they come
 */
record Habits(int turns, double pace, Duration arrival) {
    private static final double WORDS_READ_PER_SECOND = 4;
    private static final double CHARACTERS_TYPED_PER_SECOND = 6;
    private static final double MEAN_SECONDS_OF_THINKING = 2;

    Habits {
        if (turns < 1 || !(pace >= 0)) {
            throw new IllegalArgumentException(
                    "--turns " + turns + " and --pace " + pace + ": at least one turn, and no negative pace");
        }
    }

    /** How long somebody takes from the end of a reply to the end of the next message. */
    Duration pause(String heard, String message, RandomGenerator random) {
        if (pace == 0) {
            return Duration.ZERO;
        }
        double reading = heard.isEmpty() ? 0 : heard.split("\\s+", -1).length / WORDS_READ_PER_SECOND;
        double thinking = random.nextExponential() * MEAN_SECONDS_OF_THINKING;
        double typing = message.length() / CHARACTERS_TYPED_PER_SECOND;
        return seconds((reading + thinking + typing) / pace);
    }

    /** When somebody comes. */
    Duration arrival(RandomGenerator random) {
        return seconds(random.nextDouble() * arrival.toNanos() / 1e9);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
