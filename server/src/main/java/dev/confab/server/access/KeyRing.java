package dev.confab.server.access;

import java.util.Optional;

/** Knows the keys that open the API. Asked by any thread, with each request. */
@FunctionalInterface
public interface KeyRing {
    /** The name of a key, for limits and logs; empty if it is unknown. */
    Optional<String> nameOf(String key);

    /** Whether a key is needed at the moment. */
    default boolean needed() {
        return true;
    }
}
