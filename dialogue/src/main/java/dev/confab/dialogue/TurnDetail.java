package dev.confab.dialogue;

/** Names that {@link Turn#details} uses; others may be added by whoever keeps conversations. */
public final class TurnDetail {
    /** Where a reply comes from: {@link ReplySource#text}. */
    public static final String SOURCE = "source";

    /** Why a reply is not the one that the model would have given first; several reasons are joined by semicolons. */
    public static final String REASON = "reason";

    /** What the model was given instead of the text, because a filter masked some of it. */
    public static final String MODEL_TEXT = "model_text";

    /** The numbers of earlier turns that were brought back to the model's attention with this one, joined by commas. */
    public static final String RECALLED = "recalled";

    /** The tokens that the model generated for a reply, where encoding its text gives others; joined by spaces. */
    public static final String TOKENS = "tokens";

    private TurnDetail() {}
}
