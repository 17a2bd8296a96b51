package dev.confab.server.access;

import java.util.Optional;

/** Knows the keys that open the API. Asked by any thread, once for each request. */
@FunctionalInterface
public interface KeyRing {
    /** The name of a key, for limits and logs; empty if it is unknown. */
    Optional<String> nameOf(String key);
}
