package dev.confab.dialogue.filter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Test cases in a text file: a kind, a colon, a text. */
record Lines(String kind, String text) {
    static List<Lines> read(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(Lines.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && line.contains(":"))
                    .map(line -> line.split(": ?", 2))
                    .map(parts -> new Lines(parts[0], parts[1]))
                    .toList();
        }
    }
}
