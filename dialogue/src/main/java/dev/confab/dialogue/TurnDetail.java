package dev.confab.dialogue;

/** Names that {@link Turn#details} uses; others may be added by whoever keeps conversations. */
public final class TurnDetail {
    /** Where a reply comes from: {@link ReplySource#text}. */
    public static final String SOURCE = "source";

    /** Why a turn is never shown to the model: a filter refused it, and its text was not kept. */
    public static final String WITHHELD = "withheld";

    /** The name of the skill that a reply comes from. */
    public static final String SKILL = "skill";

    /** The numbers of earlier turns that were brought back to the model's attention with this one, joined by commas. */
    public static final String RECALLED = "recalled";

    /** The tokens that the model generated for a reply, where encoding its text gives others; joined by spaces. */
    public static final String TOKENS = "tokens";

    private TurnDetail() {}
}
