package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON Lines one by one, so that a file may be larger than memory; empty lines are skipped.
 *
 * <p>Belongs to one thread.
 */
final class JsonLines {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int LONGEST_LINE = 256 << 20;

    private final String name;
    private long lineNumber;

    private JsonLines(String name) {
        this.name = name;
    }

    /**
     * Hands every line's document to a consumer, in order.
     *
     * @param file a file's name, or {@code "-"} for standard input
     * @throws ConfabException at the first line that is broken, with the file's name and the line's number; an error of
     *     the consumer that is about its input gets them too
     */
    static void forEach(String file, InputStream standardInput, Consumer<ObjectNode> consumer) throws IOException {
        if (file.equals("-")) {
            new JsonLines("standard input").read(standardInput, consumer);
        } else {
            try (InputStream stream = Files.newInputStream(Path.of(file))) {
                new JsonLines(file).read(stream, consumer);
            }
        }
    }

    private void read(InputStream stream, Consumer<ObjectNode> consumer) throws IOException {
        var bytes = new BufferedInputStream(stream, 1 << 16);
        var line = new ByteArrayOutputStream();
        for (int next = bytes.read(); ; next = bytes.read()) {
            if (next == '\n' || next < 0) {
                answer(line.toByteArray(), consumer);
                line.reset();
                if (next < 0) {
                    return;
                }
            } else if (line.size() == LONGEST_LINE) {
                lineNumber++;
                throw new ConfabException(where() + "the line is longer than " + (LONGEST_LINE >> 20) + " MiB");
            } else {
                line.write(next);
            }
        }
    }

    private void answer(byte[] line, Consumer<ObjectNode> consumer) {
        lineNumber++;
        if (new String(line, StandardCharsets.ISO_8859_1).isBlank()) {
            return;
        }
        ObjectNode document = parse(line);
        try {
            consumer.accept(document);
        } catch (ConfabException | UsageException e) {
            throw new ConfabException(where() + e.getMessage(), e);
        }
    }

    private ObjectNode parse(byte[] line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JacksonException e) {
            throw new ConfabException(
                    where() + "not valid JSON at column " + e.getLocation().getColumnNr() + ": "
                            + e.getOriginalMessage(),
                    e);
        }
        if (node instanceof ObjectNode document) {
            return document;
        }
        throw new ConfabException(where() + "expected a JSON object such as {\"text\": \"...\"}, found "
                + node.getNodeType().name().toLowerCase(Locale.ROOT));
    }

    private String where() {
        return name + ":" + lineNumber + ": ";
    }
}
