package dev.confab.training.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes turns and dialogues of a chat's messages by the pauses between them. A dialogue in which one person talks alone is
 * left out. Belongs to one thread.
 */
final class MessageGrouping {
    private static final int MOST_TURNS = 1000;
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int NAMES_IN_MESSAGE = 10;

    private final DialogueSource source;
    private final @Nullable String botName;
    private final long turnPause;
    private final long dialoguePause;
    private final List<SpokenTurn> turns = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();
    private int characters;
    private boolean botSeen;

    MessageGrouping(DialogueSource source) {
        this.source = source;
        botName = source.chatExport().botName();
        turnPause = source.chatExport().turnPause().toSeconds();
        dialoguePause = source.chatExport().dialoguePause().toSeconds();
    }

    /**
     * Adds a message.
     *
     * @param sender who wrote it
     * @param secondsSinceLast how long after the one before it in its chat
     * @param text what it says, not blank
     * @return the dialogue that ended before it, null if none did
     */
    @Nullable
    Dialogue add(Sender sender, long secondsSinceLast, String text) {
        Dialogue ended = secondsSinceLast > dialoguePause || turns.size() >= MOST_TURNS || characters >= MOST_CHARACTERS
                ? end()
                : null;
        note(sender);
        characters += text.length();
        if (!turns.isEmpty() && turns.getLast().sender.id.equals(sender.id) && secondsSinceLast <= turnPause) {
            turns.getLast().text.append('\n').append(text);
        } else {
            turns.add(new SpokenTurn(sender, text));
        }
        return ended;
    }

    /** Ends the chat; the dialogue that it ended with, null if there is none. */
    @Nullable
    Dialogue end() {
        characters = 0;
        String bot = turns.stream()
                .map(turn -> turn.sender.id)
                .filter(id -> !id.equals(turns.getFirst().sender.id))
                .findFirst()
                .orElse(null);
        Dialogue dialogue = bot == null
                ? null
                : new Dialogue(turns.stream()
                        .map(turn -> new Turn(
                                turn.text.toString(),
                                botName == null ? turn.sender.id.equals(bot) : isBot(turn.sender),
                                1))
                        .toList());
        turns.clear();
        return dialogue;
    }

    /**
     * Ends the file.
     *
     * @throws DataException if the bot has said nothing in it
     */
    void checkBot() {
        if (botName != null && !botSeen) {
            throw new DataException(source.path() + ": nobody is called '" + botName + "'; "
                    + (names.isEmpty() ? "there is no message of anybody" : "there are messages of " + names));
        }
    }

    private void note(Sender sender) {
        botSeen |= isBot(sender);
        if (names.size() < NAMES_IN_MESSAGE) {
            names.add(BrokenLineException.printable(sender.name));
        }
    }

    private boolean isBot(Sender sender) {
        return sender.name.equals(botName) || sender.id.equals(botName);
    }

    /**
     * Who wrote a message.
     *
     * @param name as people see it
     * @param id what tells two people of one name apart; the name, where there is nothing better
     */
    record Sender(String name, String id) {}

    private static final class SpokenTurn {
        private final Sender sender;
        private final StringBuilder text;

        SpokenTurn(Sender sender, String text) {
            this.sender = sender;
            this.text = new StringBuilder(text);
        }
    }
}
