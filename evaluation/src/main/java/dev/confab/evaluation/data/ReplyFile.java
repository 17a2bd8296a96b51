package dev.confab.evaluation.data;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Replies: plain lines, where an empty line is an empty reply; or JSON Lines with {@code {"text": ".."}}, {@code {"reply":
 * ".."}}, {@code {"hypothesis": ".."}}, or {@code {"texts": ["..", ..]}} of which the first counts, which is what
 * {@code confab generate --batch} answers.
 */
public final class ReplyFile {
    private static final List<String> FIELDS = List.of("text", "reply", "hypothesis");
    private static final String SEVERAL = "texts";

    private ReplyFile() {}

    /**
     * Reads a file.
     *
     * @throws ConfabException if a line of JSON has no reply, or the file is empty; names file and line
     * @throws IOException if the file cannot be read
     */
    public static List<String> read(Path file) throws IOException {
        List<String> replies = new ArrayList<>();
        boolean[] json = new boolean[1];
        TextLines.forEach(file, (line, number) -> {
            json[0] |= number == 1 && JsonLine.looksLikeIt(line);
            if (!json[0]) {
                replies.add(line);
            } else if (!line.isBlank()) {
                replies.add(reply(JsonLine.parse(line, file, number)));
            }
        });
        if (replies.isEmpty()) {
            throw new ConfabException(file + ": the file is empty; expected a reply on each line");
        }
        return replies;
    }

    private static String reply(JsonLine line) {
        for (String field : FIELDS) {
            if (line.has(field)) {
                return line.text(field);
            }
        }
        if (line.has(SEVERAL)) {
            return line.texts(SEVERAL).getFirst();
        }
        throw line.error("no reply; expected 'text', 'reply', 'hypothesis' or 'texts'");
    }
}
