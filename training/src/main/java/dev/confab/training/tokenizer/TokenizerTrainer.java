package dev.confab.training.tokenizer;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.stream.Stream;

/**
 * Learns a vocabulary from texts: GPT-2's byte-level byte-pair encoding (Sennrich, Haddow, Birch 2016, on bytes).
 *
 * <pre>{@code
 * Tokenizer tokenizer = new TokenizerTrainer(TokenizerOptions.of(8192)).train(texts);
 * tokenizer.save(Path.of("tokenizer"));
 * }</pre>
 *
 * <p>The texts are cut into words as GPT-2 cuts them, and the words into bytes; then the two neighbours that are most
 * frequent within the words become one token, again and again, until the vocabulary is full or nothing is frequent
 * enough. Of pairs that are equally frequent the one with the lower left id goes first, then the one with the lower right
 * id, where bytes have their ids in the order of the characters that stand for them: all as the Rust tokenizers library's
 * trainer does with that alphabet and without a limit, so that the same texts give the same merges there
 * ({@code ReferenceMergesTest}), on any number of threads, and in any order of the texts.
 *
 * <p>Each text counts by itself: no word goes over the end of one. A spelling of a special token within a text is text.
 * Memory: about 60 bytes for each byte of the distinct words, whatever the length of the texts.
 *
 * <p>Immutable; any number of threads may use one trainer.
 */
public final class TokenizerTrainer {
    private final TokenizerOptions options;
    private final TokenizerProgress progress;

    /** A trainer that nobody watches. */
    public TokenizerTrainer(TokenizerOptions options) {
        this(options, TokenizerProgress.NONE);
    }

    /** A trainer that says how it gets on. */
    public TokenizerTrainer(TokenizerOptions options, TokenizerProgress progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * Learns from texts, which are read once, one after the other, while others count the words of those read before.
     *
     * @param texts as they stand, such as the turns of dialogues; what they throw is passed on
     * @return a tokenizer of at most {@link TokenizerOptions#vocabularySize()} tokens, the special ones last
     * @throws ConfabException if there are no words, too many different ones (2 GB), or one of the words is spelled as a
     *     special token
     */
    public Tokenizer train(Stream<String> texts) {
        var counter = new ParallelWordCounter(options.threads());
        WordCounts words = counter.count(texts);
        if (words.size() == 0) {
            throw new ConfabException("there is nothing to train a tokenizer on: "
                    + (counter.texts() == 0 ? "no texts" : "all " + counter.texts() + " texts are empty"));
        }
        progress.counted(counter.texts(), words.size());
        int limit = options.vocabularySize() - options.specialTokens().size();
        var merger = new PairMerger(words, options.minimumFrequency(), limit, progress);
        merger.run();
        return Tokenizer.of(merger.tokens(), merger.merges(), options.specialTokens());
    }
}
