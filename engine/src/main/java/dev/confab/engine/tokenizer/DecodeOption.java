package dev.confab.engine.tokenizer;

/** What {@link Tokenizer#decode} does beyond joining the tokens. */
public enum DecodeOption {
    /** Leaves special tokens out, such as {@code <|endoftext|>}. */
    SKIP_SPECIAL_TOKENS,
    /** Takes out spaces before punctuation and contractions, whatever {@code tokenizer_config.json} says. */
    CLEAN_UP_SPACES,
    /** Leaves spaces as they are, whatever {@code tokenizer_config.json} says. */
    KEEP_SPACES
}
