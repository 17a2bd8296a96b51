package dev.confab.engine.tokenizer;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Gives out a reply in whole words while it is being made, chunk for chunk as transformers' {@code TextStreamer}.
 *
 * <p>Text comes out up to the last space; all of it after a line feed, after a Chinese character and at the end. As in
 * the reference, all ids since the last line feed are decoded again with every id, since cleaned-up spaces may change
 * text already seen; {@link StreamingDecoder} is the one that is linear and loses no time waiting for a space. For one
 * thread.
 */
public final class TextStreamer {
    private final Tokenizer tokenizer;
    private final Consumer<String> sink;
    private final DecodeOption[] options;
    private int[] ids = new int[64];
    private int size;
    /** How much of the cached ids' text has been given out, in code points. */
    private int printed;

    /**
     * A streamer for one reply after another.
     *
     * @param sink gets each chunk; never an empty one
     * @param options how to decode
     */
    public TextStreamer(Tokenizer tokenizer, Consumer<String> sink, DecodeOption... options) {
        this.tokenizer = tokenizer;
        this.sink = sink;
        this.options = options.clone();
    }

    /**
     * Takes the next id of the reply.
     *
     * @throws TokenizerException if no token has this id
     */
    public void put(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
        }
        ids[size++] = id;
        String text = decoded();
        int length = text.codePointCount(0, text.length());
        if (text.endsWith("\n")) {
            give(text, length);
            reset();
        } else if (!text.isEmpty() && isChinese(text.codePointBefore(text.length()))) {
            give(text, length);
        } else {
            give(text, text.codePointCount(0, text.lastIndexOf(' ') + 1));
        }
    }

    /** Ends the reply: gives out what is left. */
    public void end() {
        String text = decoded();
        give(text, text.codePointCount(0, text.length()));
        reset();
    }

    private String decoded() {
        return tokenizer.decode(Arrays.copyOf(ids, size), options);
    }

    /** Gives out the text from where the last chunk ended to {@code end}, in code points. */
    private void give(String text, int end) {
        if (end > printed) {
            int from = text.offsetByCodePoints(0, printed);
            sink.accept(text.substring(from, text.offsetByCodePoints(from, end - printed)));
            printed = end;
        }
    }

    private void reset() {
        size = 0;
        printed = 0;
    }

    /** Whether it is a CJK ideograph; as in the reference Hangul, Hiragana and Katakana are not. */
    private static boolean isChinese(int codePoint) {
        return (codePoint >= 0x4E00 && codePoint <= 0x9FFF)
                || (codePoint >= 0x3400 && codePoint <= 0x4DBF)
                || (codePoint >= 0x20000 && codePoint <= 0x2A6DF)
                || (codePoint >= 0x2A700 && codePoint <= 0x2B73F)
                || (codePoint >= 0x2B740 && codePoint <= 0x2B81F)
                || (codePoint >= 0x2B820 && codePoint <= 0x2CEAF)
                || (codePoint >= 0xF900 && codePoint <= 0xFAFF)
                || (codePoint >= 0x2F800 && codePoint <= 0x2FA1F);
    }
}
