package dev.confab.ui.component;

import java.util.Objects;

/**
 * A message of a chat.
 *
 * @param role who said it: {@code user}, {@code assistant} or {@code system}
 * @param content the text
 */
public record ChatMessage(String role, String content) {
    /** Checks that the role is known. */
    public ChatMessage {
        Objects.requireNonNull(content, "content");
        if (!role.equals("user") && !role.equals("assistant") && !role.equals("system")) {
            throw new IllegalArgumentException("the role is '" + role + "', expected user, assistant or system");
        }
    }

    /** What the user said. */
    public static ChatMessage user(String content) {
        return new ChatMessage("user", content);
    }

    /** What was replied. */
    public static ChatMessage assistant(String content) {
        return new ChatMessage("assistant", content);
    }
}
