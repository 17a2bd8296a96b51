package dev.confab.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dialogues to take the messages of one side from, a line each. */
final class ScriptFile {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ScriptFile() {}

    /** What the first speaker of each dialogue says, message by message. */
    static List<List<String>> read(String name) throws IOException {
        List<List<String>> scripts = new ArrayList<>();
        try (InputStream stream = Objects.requireNonNull(ScriptFile.class.getResourceAsStream("/" + name), name);
                var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                scripts.add(firstSpeaker(JSON.readTree(line).path("turns")));
            }
        }
        return scripts;
    }

    private static List<String> firstSpeaker(JsonNode turns) {
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < turns.size(); i += 2) {
            messages.add(turns.get(i).asString());
        }
        return List.copyOf(messages);
    }
}
