package dev.confab.telegram.store;

import org.jspecify.annotations.Nullable;

/**
 * What people chose in a chat; null where they leave it to the bot.
 *
 * @param temperature of sampling, above 0
 * @param persona the name of a persona; empty for none
 * @param gifRate how many of the short replies are followed by a GIF, 0 to 1
 */
public record ChatSettings(
        @Nullable Double temperature,
        @Nullable String persona,
        @Nullable Double gifRate) {
    /** Nothing was chosen. */
    public static final ChatSettings NONE = new ChatSettings(null, null, null);

    /** With another temperature. */
    public ChatSettings withTemperature(@Nullable Double chosen) {
        return new ChatSettings(chosen, persona, gifRate);
    }

    /** With another persona. */
    public ChatSettings withPersona(@Nullable String chosen) {
        return new ChatSettings(temperature, chosen, gifRate);
    }

    /** With another rate of GIFs. */
    public ChatSettings withGifRate(@Nullable Double chosen) {
        return new ChatSettings(temperature, persona, chosen);
    }
}
