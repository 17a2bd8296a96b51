package dev.confab.server.store;

import java.time.Instant;

/**
 * Someone who may log in.
 *
 * @param name what is typed to log in
 * @param role what the user may do
 * @param created when the user was added
 */
public record User(String name, Role role, Instant created) {
    /** What a user may do. */
    public enum Role {
        /** Chat. */
        USER,
        /** Chat, and see what the operator's page shows. */
        OPERATOR
    }

    /** Who owns the user's conversations, in a store of conversations. */
    public String owner() {
        return ownerOf(name);
    }

    /** Who owns the conversations of a user, who need not exist any more. */
    public static String ownerOf(String name) {
        return "user:" + name;
    }
}
