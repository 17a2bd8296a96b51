package dev.confab.telegram.gif;

/**
 * When a reply comes with a GIF.
 *
 * @param probability how many of the short replies are followed by one, 0 to 1
 * @param mostWords how many words a short reply has at most
 * @param asReply whether each reply is a GIF, with the text below it
 * @param weirdness how odd Giphy's choice may be, 0 to 10
 */
public record GifOptions(double probability, int mostWords, boolean asReply, int weirdness) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public GifOptions {
        if (!(probability >= 0 && probability <= 1) || mostWords < 0 || weirdness < 0 || weirdness > 10) {
            throw new IllegalArgumentException("GIFs with probability " + probability + " up to " + mostWords
                    + " words, weirdness " + weirdness + "; choose 0 to 1, 0 or more, 0 to 10");
        }
    }

    /** After one in ten replies of up to ten words. */
    public static GifOptions defaults() {
        return new GifOptions(0.1, 10, false, 5);
    }
}
