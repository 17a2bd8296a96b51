package dev.confab.engine.tokenizer;

/**
 * Decodes a reply while it is being made: each id gives the text that is final with it.
 *
 * <p>Never half a character: bytes that begin one are held back until the ids that complete it have come, or until
 * {@link #finish()}. All parts joined are {@link Tokenizer#decode} of all ids, with spaces kept as they are. For one
 * thread; made by {@link Tokenizer#newStreamingDecoder}.
 */
public final class StreamingDecoder {
    private final Vocabulary vocabulary;
    private final boolean skipSpecialTokens;
    private final Utf8Decoder decoder = new Utf8Decoder(16);

    StreamingDecoder(Vocabulary vocabulary, boolean skipSpecialTokens) {
        this.vocabulary = vocabulary;
        this.skipSpecialTokens = skipSpecialTokens;
    }

    /**
     * Takes the next id.
     *
     * @return the text that has become final, often empty
     * @throws TokenizerException if no token has this id
     */
    public String next(int id) {
        if (!(skipSpecialTokens && vocabulary.isSpecial(id))) {
            vocabulary.appendTo(decoder, id);
        }
        return decoder.take();
    }

    /** Ends the reply: U+FFFD if a character was begun and not completed, else nothing. May start another reply. */
    public String finish() {
        return decoder.finish();
    }
}
