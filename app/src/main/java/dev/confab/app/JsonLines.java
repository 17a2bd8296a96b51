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
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers JSON Lines one by one, so that a file may be larger than memory; empty lines are skipped. A line that cannot be
 * answered has its error for an answer, and the others are not lost with it.
 *
 * <p>Belongs to one thread.
 */
final class JsonLines {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int LONGEST_LINE = 256 << 20;

    private final String name;
    private final Surroundings surroundings;
    private final Function<ObjectNode, ObjectNode> answers;
    private long lineNumber;
    private boolean failed;

    private JsonLines(String name, Surroundings surroundings, Function<ObjectNode, ObjectNode> answers) {
        this.name = name;
        this.surroundings = surroundings;
        this.answers = answers;
    }

    /**
     * Prints an answer to every line's document, in order.
     *
     * @param file a file's name, or {@code "-"} for standard input
     * @param answers makes the answer; an error that it throws is printed as {@code {"error": ".."}}, with the file's name
     *     and the line's number, and on standard error
     * @return the exit code: 1 if a line was answered with an error, else 0
     */
    static int answer(String file, Surroundings surroundings, Function<ObjectNode, ObjectNode> answers)
            throws IOException {
        if (file.equals("-")) {
            return new JsonLines("standard input", surroundings, answers).read(surroundings.in());
        }
        try (InputStream stream = Files.newInputStream(Path.of(file))) {
            return new JsonLines(file, surroundings, answers).read(stream);
        }
    }

    private int read(InputStream stream) throws IOException {
        var bytes = new BufferedInputStream(stream, 1 << 16);
        var line = new ByteArrayOutputStream();
        for (int next = bytes.read(); ; next = bytes.read()) {
            if (next == '\n' || next < 0) {
                answer(line.toByteArray());
                line.reset();
                if (next < 0) {
                    return failed ? 1 : 0;
                }
            } else if (line.size() == LONGEST_LINE) {
                lineNumber++;
                throw new ConfabException(where() + "the line is longer than " + (LONGEST_LINE >> 20) + " MiB");
            } else {
                line.write(next);
            }
        }
    }

    private void answer(byte[] line) {
        lineNumber++;
        if (new String(line, StandardCharsets.ISO_8859_1).isBlank()) {
            return;
        }
        ObjectNode answer;
        try {
            answer = answers.apply(parse(line));
        } catch (ConfabException | UsageException e) {
            failed = true;
            String message = where() + e.getMessage();
            surroundings.err().println("confab: " + message);
            answer = Json.object().put("error", message);
        }
        surroundings.out().printLine(answer);
    }

    private ObjectNode parse(byte[] line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JacksonException e) {
            throw new ConfabException(
                    "not valid JSON at column " + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage(), e);
        }
        if (node instanceof ObjectNode document) {
            return document;
        }
        throw new ConfabException("expected a JSON object such as {\"text\": \"...\"}, found "
                + node.getNodeType().name().toLowerCase(Locale.ROOT));
    }

    private String where() {
        return name + ":" + lineNumber + ": ";
    }
}
