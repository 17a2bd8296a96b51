package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads a whole text from standard input, without the end of its last line. */
final class StandardInput {
    private static final int LONGEST = 256 << 20;

    private StandardInput() {}

    static String text(Surroundings surroundings) throws IOException {
        byte[] bytes = surroundings.in().readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw new ConfabException(
                    "standard input is longer than " + (LONGEST >> 20) + " MiB; split it into lines and use --batch -");
        }
        return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
    }
}
