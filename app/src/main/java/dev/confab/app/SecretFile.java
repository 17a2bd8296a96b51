package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a password from a file, as an argument would be seen by everyone on the machine. */
final class SecretFile {
    private static final int LONGEST = 4096;

    private SecretFile() {}

    /** The first line of an option's file. */
    static String firstLine(String option, Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return firstLine(option + " " + file, stream);
        }
    }

    /** The first line of a stream, whose name is for messages. */
    static String firstLine(String name, InputStream stream) throws IOException {
        byte[] bytes = stream.readNBytes(LONGEST);
        var reader = new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder()));
        String line = reader.readLine();
        if (line == null || line.isEmpty()) {
            throw new ConfabException(name + ": the first line is empty, expected a password");
        }
        return line;
    }
}
