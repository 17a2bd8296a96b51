package dev.confab.training.data;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the messages of an exported chat become dialogues. Telegram's and WhatsApp's exports need it, other formats say for
 * themselves what a dialogue is.
 *
 * @param botName whose messages the model is to learn, as the export spells the name, or Telegram's {@code from_id}; null
 *     makes the second speaker of each dialogue the bot
 * @param turnPause messages of one sender that follow each other within this time are one turn, a line each
 * @param dialoguePause after a silence longer than this a new dialogue begins
 */
public record ChatExport(@Nullable String botName, Duration turnPause, Duration dialoguePause) {
    /** The second speaker is the bot; ten minutes; six hours. */
    public static final ChatExport DEFAULT = new ChatExport(null, Duration.ofMinutes(10), Duration.ofHours(6));

    /**
     * Checks the pauses.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public ChatExport {
        if (turnPause.isNegative() || dialoguePause.isNegative()) {
            throw new IllegalArgumentException(
                    "the pauses are " + turnPause + " and " + dialoguePause + ", expected 0 or more");
        }
    }

    /** The same with a bot. */
    public ChatExport withBotName(String botName) {
        return new ChatExport(botName, turnPause, dialoguePause);
    }

    /** The same with other pauses. */
    public ChatExport withPauses(Duration turnPause, Duration dialoguePause) {
        return new ChatExport(botName, turnPause, dialoguePause);
    }
}
