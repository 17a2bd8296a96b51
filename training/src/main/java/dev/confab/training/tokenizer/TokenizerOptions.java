package dev.confab.training.tokenizer;

import java.util.HashSet;
import java.util.List;

/**
 * What a new vocabulary is to be like.
 *
 * @param vocabularySize how many tokens there are to be in all: 256 bytes, what merges make, special tokens. Texts of few
 *     words may give fewer
 * @param minimumFrequency how often two tokens must stand side by side in the texts to be merged
 * @param specialTokens take the last ids; the first of them ends a turn and starts and ends a text
 * @param threads how many threads count words; the result does not depend on it
 */
public record TokenizerOptions(int vocabularySize, long minimumFrequency, List<String> specialTokens, int threads) {
    /** GPT-2's only special token. */
    public static final String END_OF_TEXT = "<|endoftext|>";

    /** Larger than every known vocabulary; tokenizers with more are not read either. */
    private static final int LARGEST = 1 << 22;

    /**
     * Options that were checked.
     *
     * @throws IllegalArgumentException if the vocabulary is too small for 256 bytes and the special tokens, or beyond
     *     4,194,304 tokens, or a number is not positive, or special tokens are missing, empty or equal
     */
    public TokenizerOptions {
        specialTokens = List.copyOf(specialTokens);
        if (specialTokens.isEmpty()
                || specialTokens.contains("")
                || new HashSet<>(specialTokens).size() < specialTokens.size()) {
            throw new IllegalArgumentException(
                    "specialTokens are " + specialTokens + ", expected at least one, none empty and none twice");
        }
        int smallest = 256 + specialTokens.size();
        if (vocabularySize < smallest || vocabularySize > LARGEST) {
            throw new IllegalArgumentException("vocabularySize is " + vocabularySize + ", expected " + smallest
                    + " (256 bytes and " + specialTokens.size() + " special) to " + LARGEST);
        }
        if (minimumFrequency < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "minimumFrequency is " + minimumFrequency + " and threads is " + threads + ", expected at least 1");
        }
    }

    /** Merges from two occurrences on, {@value #END_OF_TEXT} as the only special token, a thread for each core. */
    public static TokenizerOptions of(int vocabularySize) {
        return new TokenizerOptions(
                vocabularySize, 2, List.of(END_OF_TEXT), Runtime.getRuntime().availableProcessors());
    }

    /** The same with another minimum frequency. */
    public TokenizerOptions withMinimumFrequency(long minimumFrequency) {
        return new TokenizerOptions(vocabularySize, minimumFrequency, specialTokens, threads);
    }

    /** The same with other special tokens. */
    public TokenizerOptions withSpecialTokens(List<String> specialTokens) {
        return new TokenizerOptions(vocabularySize, minimumFrequency, specialTokens, threads);
    }

    /** The same with another number of threads. */
    public TokenizerOptions withThreads(int threads) {
        return new TokenizerOptions(vocabularySize, minimumFrequency, specialTokens, threads);
    }
}
