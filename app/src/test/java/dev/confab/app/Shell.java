package dev.confab.app;

import dev.confab.engine.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the command line in this process, as a shell would in another. */
final class Shell {
    static final String TINY = Fixtures.model("tiny-a/st-f32").toString();
    static final String TOKENIZER = Fixtures.tokenizer("small512").toString();

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, String> environment = new LinkedHashMap<>();
    private String input = "";

    /** Sets a variable of the environment, which is empty otherwise. */
    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What is piped in. */
    Shell typing(String text) {
        input = text;
        return this;
    }

    Result run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exitCode = Confab.run(
                new Surroundings(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new StandardOutput(out),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        false),
                arguments);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /**
     * What came of it.
     *
     * @param exitCode 0, 1 or 2
     * @param out all of standard output
     * @param err all of standard error
     */
    record Result(int exitCode, String out, String err) {
        /** Standard output, line by line, as JSON. */
        List<JsonNode> documents() {
            return out.lines().map(JSON::readTree).toList();
        }
    }
}
