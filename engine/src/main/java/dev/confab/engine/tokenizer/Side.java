package dev.confab.engine.tokenizer;

/** An end of a row of tokens: where padding goes, or where truncation cuts. */
public enum Side {
    /** The start. */
    LEFT,
    /** The end. */
    RIGHT
}
