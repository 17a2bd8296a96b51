package dev.confab.training.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads texts as if they were files, and shows dialogues as short lines. */
final class Dialogues {
    private Dialogues() {}

    /** The dialogues of a text and, in between, the faults of its broken lines. */
    static List<String> read(DialogueFormat format, String content) {
        return read(new DialogueSource(Path.of("sample"), format, 1), content);
    }

    static List<String> read(DialogueSource source, String content) {
        var seen = new ArrayList<String>();
        var in = new BufferedInputStream(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
        DataListener listener = (file, line, fault) -> seen.add(line + "! " + fault);
        try (var reader = DialogueReader.over(in, source, BrokenLines.SKIP, listener)) {
            for (Dialogue next = reader.next(); next != null; next = reader.next()) {
                seen.add(show(next));
            }
        }
        return seen;
    }

    /** {@code "Hi! > Hello."}: turns of the bot behind {@code >}, of others behind {@code /}, of no weight in brackets. */
    static String show(Dialogue dialogue) {
        var text = new StringBuilder();
        for (Turn turn : dialogue.turns()) {
            text.append(turn.fromBot() ? " > " : " / ")
                    .append(turn.weight() == 0 ? "(" + turn.text() + ")" : turn.text());
        }
        return text.toString().strip().replace('\n', '|');
    }
}
