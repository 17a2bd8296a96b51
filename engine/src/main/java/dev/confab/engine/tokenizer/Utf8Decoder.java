package dev.confab.engine.tokenizer;

/**
 * UTF-8 to text, byte by byte, for tokens that end in the middle of a character.
 *
 * <p>Each maximal part of an ill-formed sequence becomes one U+FFFD (Unicode 16, section 3.9, "U+FFFD Substitution of
 * Maximal Subparts"), as in Python's {@code bytes.decode(errors="replace")}. {@link java.nio.charset.CharsetDecoder}
 * differs: it makes one U+FFFD of an encoded surrogate, where the rule asks for three. For one thread.
 */
final class Utf8Decoder {
    static final char REPLACEMENT = '\uFFFD';

    private final StringBuilder text;
    private int codePoint;
    /** How many bytes of the character are still to come. */
    private int missing;
    /** What the next one may be; narrower than a continuation byte's range after E0, ED, F0 and F4. */
    private int lowest;

    private int highest;

    Utf8Decoder(int capacity) {
        text = new StringBuilder(capacity);
    }

    void append(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            append(bytes[i] & 0xFF);
        }
    }

    /** The text that is complete and was not taken yet. */
    String take() {
        String complete = text.toString();
        text.setLength(0);
        return complete;
    }

    /** The same when no more bytes follow: a character that was begun becomes U+FFFD. */
    String finish() {
        if (missing > 0) {
            missing = 0;
            text.append(REPLACEMENT);
        }
        return take();
    }

    private void append(int unsignedByte) {
        if (missing == 0) {
            begin(unsignedByte);
        } else if (unsignedByte < lowest || unsignedByte > highest) {
            missing = 0;
            text.append(REPLACEMENT);
            begin(unsignedByte);
        } else {
            codePoint = (codePoint << 6) | (unsignedByte & 0x3F);
            expect(missing - 1, 0x80, 0xBF);
            if (missing == 0) {
                text.appendCodePoint(codePoint);
            }
        }
    }

    private void begin(int lead) {
        if (lead < 0x80) {
            text.append((char) lead);
        } else if (lead >= 0xC2 && lead <= 0xDF) {
            codePoint = lead & 0x1F;
            expect(1, 0x80, 0xBF);
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            codePoint = lead & 0x0F;
            expect(2, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            codePoint = lead & 0x07;
            expect(3, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
        } else {
            text.append(REPLACEMENT);
        }
    }

    private void expect(int bytes, int from, int to) {
        missing = bytes;
        lowest = from;
        highest = to;
    }
}
