package dev.confab.ui.call;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that nobody can guess. */
public final class Identifiers {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    private Identifiers() {}

    /** 32 hexadecimal digits with 128 bits of chance. */
    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
