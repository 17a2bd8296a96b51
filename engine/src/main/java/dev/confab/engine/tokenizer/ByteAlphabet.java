package dev.confab.engine.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * GPT-2's alphabet: the printable character by which vocabulary files stand for each of the 256 bytes.
 *
 * <p>A byte that is a printable Latin-1 character stands for itself, the other 68 take the characters from U+0100 on in
 * their order: the space becomes {@code Ġ}, the line feed {@code Ċ}. Stateless; for any thread.
 */
public final class ByteAlphabet {
    private static final int FIRST_STAND_IN = 0x100;
    private static final char[] CHARACTERS = characters();
    private static final short[] BYTES = bytes();

    private ByteAlphabet() {}

    /** The character that stands for a byte of 0 to 255. */
    public static char character(int unsignedByte) {
        return CHARACTERS[unsignedByte];
    }

    /** The bytes that a token's spelling stands for; its own UTF-8 if a character is not of the alphabet. */
    static byte[] bytes(String token) {
        byte[] bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = token.charAt(i);
            if (c >= BYTES.length || BYTES[c] < 0) {
                return token.getBytes(StandardCharsets.UTF_8);
            }
            bytes[i] = (byte) BYTES[c];
        }
        return bytes;
    }

    private static char[] characters() {
        char[] characters = new char[256];
        char standIn = FIRST_STAND_IN;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            characters[b] = printable ? (char) b : standIn++;
        }
        return characters;
    }

    private static short[] bytes() {
        short[] bytes = new short[FIRST_STAND_IN + 68];
        Arrays.fill(bytes, (short) -1);
        for (int b = 0; b < 256; b++) {
            bytes[CHARACTERS[b]] = (short) b;
        }
        return bytes;
    }
}
