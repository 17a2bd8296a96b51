package dev.confab.engine.tokenizer;

/**
 * Takes out the spaces that tokenised English has before its punctuation and contractions ("it ' s", "you ?"): the ten
 * replacements of transformers' {@code clean_up_tokenization}, in its order.
 */
final class SpaceCleaner {
    private SpaceCleaner() {}

    static String clean(String text) {
        return text.replace(" .", ".")
                .replace(" ?", "?")
                .replace(" !", "!")
                .replace(" ,", ",")
                .replace(" ' ", "'")
                .replace(" n't", "n't")
                .replace(" 'm", "'m")
                .replace(" 's", "'s")
                .replace(" 've", "'ve")
                .replace(" 're", "'re");
    }
}
