package dev.confab.engine.tokenizer;

/**
 * A token that is found in the text before byte-pair encoding, as a whole.
 *
 * @param content its spelling in the text, not empty
 * @param leftStrip whether it takes in the white space before it
 * @param rightStrip whether it takes in the white space after it
 * @param singleWord whether it counts only between spaces or the ends of the text
 * @param special whether decoding may skip it
 */
record AddedToken(String content, boolean leftStrip, boolean rightStrip, boolean singleWord, boolean special) {
    /** One that is only a spelling. */
    static AddedToken plain(String content, boolean special) {
        return new AddedToken(content, false, false, false, special);
    }

    AddedToken asSpecial() {
        return new AddedToken(content, leftStrip, rightStrip, singleWord, true);
    }
}
