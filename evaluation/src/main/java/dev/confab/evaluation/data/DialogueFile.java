package dev.confab.evaluation.data;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Dialogues in JSON Lines: {@code {"turns": ["Hi!", "Hello."]}}, or {@code {"context": ["Hi!"], "references": ["Hello.",
 * "Hey."]}}, which is one dialogue for each reference. Other fields are ignored.
 */
public final class DialogueFile {
    private static final String TURNS = "turns";

    private DialogueFile() {}

    /**
     * Visits the turns of every dialogue in the file's order.
     *
     * @throws ConfabException if a line is neither form, or there is no dialogue at all; names file and line
     * @throws IOException if the file cannot be read
     */
    public static void forEach(Path file, Consumer<List<String>> visitor) throws IOException {
        long[] dialogues = new long[1];
        TextLines.forEach(file, (line, number) -> {
            if (!line.isBlank()) {
                for (List<String> turns : dialogues(JsonLine.parse(line, file, number))) {
                    visitor.accept(turns);
                    dialogues[0]++;
                }
            }
        });
        if (dialogues[0] == 0) {
            throw new ConfabException(
                    file + ": no dialogue in it; expected lines such as {\"turns\": [\"..\", \"..\"]}");
        }
    }

    private static List<List<String>> dialogues(JsonLine line) {
        if (line.has(TURNS)) {
            return List.of(line.texts(TURNS));
        }
        if (!line.has(Exchange.CONTEXT)) {
            throw line.error("expected 'turns', or 'context' and 'references'");
        }
        Exchange exchange = Exchange.of(line);
        List<List<String>> dialogues = new ArrayList<>();
        for (String reference : exchange.references()) {
            List<String> turns = new ArrayList<>(exchange.context());
            turns.add(reference);
            dialogues.add(turns);
        }
        return dialogues;
    }
}
