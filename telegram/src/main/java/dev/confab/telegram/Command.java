package dev.confab.telegram;

import java.util.Locale;
import java.util.Optional;

/** What people can ask of the bot itself, with a slash in front. */
enum Command {
    START("say hello"),
    RESET("begin a new conversation"),
    RETRY("give another answer"),
    UNDO("take back what you said last"),
    PERSONA("choose who I am"),
    SETTINGS("choose how I answer"),
    GIF("send a GIF, for example /gif dancing cat"),
    PRIVACY("what I keep of you"),
    FORGET("forget everything about this chat"),
    HELP("what I can do");

    private final String description;

    Command(String description) {
        this.description = description;
    }

    /** For the menu. */
    String description() {
        return description;
    }

    /** Without the slash. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Command> of(String text) {
        for (Command command : values()) {
            if (command.text().equals(text.toLowerCase(Locale.ROOT))) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }
}
