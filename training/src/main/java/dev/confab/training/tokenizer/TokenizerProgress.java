package dev.confab.training.tokenizer;

/**
 * Hears how the training of a tokenizer gets on, to draw a bar for instance. Called by the thread that trains; it should
 * return quickly.
 */
public interface TokenizerProgress {
    /** Listens to nothing. */
    TokenizerProgress NONE = new TokenizerProgress() {
        @Override
        public void counted(long texts, long distinctWords) {}

        @Override
        public void merged(int tokens, int vocabularySize) {}
    };

    /**
     * All texts were read, and merging begins.
     *
     * @param texts how many texts there were
     * @param distinctWords how many different words they have
     */
    void counted(long texts, long distinctWords);

    /**
     * The vocabulary has grown; called for about every hundredth part of it, and at the end.
     *
     * @param tokens how many tokens there are, special ones not counted
     * @param vocabularySize how many there are to be at most
     */
    void merged(int tokens, int vocabularySize);
}
