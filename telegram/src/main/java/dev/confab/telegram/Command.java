package dev.confab.telegram;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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

    /** What concerns all members of a group: its administrators alone ask for it there. */
    private static final Set<Command> FOR_ADMINISTRATORS = EnumSet.of(RESET, FORGET);

    private final String description;

    Command(String description) {
        this.description = description;
    }

    /** For the menu. */
    String description() {
        return description;
    }

    /** Whether only administrators may ask for it in a group. */
    boolean isForAdministrators() {
        return FOR_ADMINISTRATORS.contains(this);
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
