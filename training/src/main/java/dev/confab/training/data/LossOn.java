package dev.confab.training.data;

/** The turns that a model learns to say; all others are only context. A turn of weight 0 is never learned. */
public enum LossOn {
    /** Every turn, the first one included: for a model that starts from nothing. */
    ALL_TURNS,
    /** Every turn that answers another, as DialoGPT was trained. */
    REPLIES,
    /** The bot's turns only; with reversed turns those of the other side, which are then the ones to predict. */
    BOT_TURNS
}
