package dev.confab.server.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a key for the programming interface; the key itself is not.
 *
 * @param id the beginning of the key, by which people name it
 * @param name what it is for
 * @param created when it was made
 * @param used when it was last used, to the hour; null if it never was
 * @param revoked since when it is refused; null if it is not
 */
public record ApiKey(
        String id,
        String name,
        Instant created,
        @Nullable Instant used,
        @Nullable Instant revoked) {
    /**
     * A key that was just made.
     *
     * @param key what is known of it from now on
     * @param secret the key itself, to be shown once
     */
    public record Made(ApiKey key, String secret) {
        @Override
        public String toString() {
            return "Made[key=" + key + "]"; // a log is no place for the secret
        }
    }
}
