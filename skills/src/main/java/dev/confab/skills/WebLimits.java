package dev.confab.skills;

import dev.confab.engine.error.ConfabException;
import java.time.Duration;

/**
 * What a service on the network may cost.
 *
 * @param timeout how long a question waits for all attempts together, up to a minute
 * @param retries how often a failed attempt is repeated, 0 to 5
 * @param mostBytes how long an answer may be, up to 16 MiB
 * @param failures after how many failures of the last ten attempts a service is left alone, 1 to 10
 * @param pause how long it is left alone then
 */
public record WebLimits(Duration timeout, int retries, int mostBytes, int failures, Duration pause) {
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    /** Five seconds, two retries, a mebibyte, half a minute of rest after five failures. */
    public static final WebLimits DEFAULT = new WebLimits(Duration.ofSeconds(5), 2, 1 << 20, 5, Duration.ofSeconds(30));

    private static final int MOST_RETRIES = 5;
    private static final int MOST_BYTES = 16 << 20;
    private static final int ATTEMPTS_REMEMBERED = 10;

    /**
     * Checks the ranges.
     *
     * @throws ConfabException if one is left
     */
    public WebLimits {
        require(
                timeout.isPositive() && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
                "timeout is %s, expected more than 0 and at most %s".formatted(timeout, LONGEST_TIMEOUT));
        require(
                retries >= 0 && retries <= MOST_RETRIES,
                "retries is %d, expected 0 to %d".formatted(retries, MOST_RETRIES));
        require(
                mostBytes > 0 && mostBytes <= MOST_BYTES,
                "the length of an answer is limited to %d bytes, expected 1 to %d".formatted(mostBytes, MOST_BYTES));
        require(
                failures > 0 && failures <= ATTEMPTS_REMEMBERED,
                "failures is %d, expected 1 to %d".formatted(failures, ATTEMPTS_REMEMBERED));
        require(pause.isPositive(), "pause is %s, expected more than 0".formatted(pause));
    }

    private static void require(boolean valid, String message) {
        if (!valid) {
            throw new ConfabException(message);
        }
    }

    /** The same limits with another timeout. */
    public WebLimits withTimeout(Duration timeout) {
        return new WebLimits(timeout, retries, mostBytes, failures, pause);
    }
}
