package dev.confab.ui.component;

import java.util.List;
import java.util.Objects;

/**
 * A message of a chat.
 *
 * @param role who said it: {@code user}, {@code assistant} or {@code system}
 * @param content the text
 * @param files what is attached
 * @param options what a reply offers to be said next
 */
public record ChatMessage(String role, String content, List<UploadedFile> files, List<String> options) {
    /** Checks that the role is known, and copies the lists. */
    public ChatMessage {
        Objects.requireNonNull(content, "content");
        files = List.copyOf(files);
        options = List.copyOf(options);
        if (!role.equals("user") && !role.equals("assistant") && !role.equals("system")) {
            throw new IllegalArgumentException("the role is '" + role + "', expected user, assistant or system");
        }
    }

    /** A message that is its text alone. */
    public ChatMessage(String role, String content) {
        this(role, content, List.of(), List.of());
    }

    /** What the user said. */
    public static ChatMessage user(String content) {
        return new ChatMessage("user", content);
    }

    /** What was replied. */
    public static ChatMessage assistant(String content) {
        return new ChatMessage("assistant", content);
    }

    /** The same with other files. */
    public ChatMessage withFiles(List<UploadedFile> attached) {
        return new ChatMessage(role, content, attached, options);
    }

    /** The same with other options. */
    public ChatMessage withOptions(List<String> offered) {
        return new ChatMessage(role, content, files, offered);
    }
}
