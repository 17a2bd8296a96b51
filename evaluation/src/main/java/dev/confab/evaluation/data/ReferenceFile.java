package dev.confab.evaluation.data;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * References: JSON Lines with {@code {"context": [..], "references": [..]}}, where the context may be left out; or plain
 * lines, each the reference of the reply with the same number, with tabs between several.
 */
public final class ReferenceFile {
    private ReferenceFile() {}

    /**
     * Reads a file.
     *
     * @throws ConfabException if a line has no references, or the file is empty; names file and line
     * @throws IOException if the file cannot be read
     */
    public static List<Exchange> read(Path file) throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        boolean[] json = new boolean[1];
        TextLines.forEach(file, (line, number) -> {
            json[0] |= number == 1 && JsonLine.looksLikeIt(line);
            if (!json[0]) {
                exchanges.add(new Exchange(List.of(), Arrays.asList(line.split("\t"))));
            } else if (!line.isBlank()) {
                exchanges.add(Exchange.of(JsonLine.parse(line, file, number)));
            }
        });
        if (exchanges.isEmpty()) {
            throw new ConfabException(file + ": the file is empty; expected a line for each reply");
        }
        return exchanges;
    }

    /**
     * Reads several files whose lines belong together: one set of references each.
     *
     * @throws ConfabException if a file cannot be used, or has not as many lines as the first
     * @throws IOException if a file cannot be read
     */
    public static List<Exchange> readAll(List<Path> files) throws IOException {
        List<Exchange> joined = read(files.getFirst());
        for (Path file : files.subList(1, files.size())) {
            List<Exchange> more = read(file);
            if (more.size() != joined.size()) {
                throw new ConfabException(file + " has references for " + more.size() + " replies, " + files.getFirst()
                        + " for " + joined.size() + "; their lines must belong together");
            }
            for (int i = 0; i < more.size(); i++) {
                List<String> references = new ArrayList<>(joined.get(i).references());
                references.addAll(more.get(i).references());
                joined.set(i, new Exchange(joined.get(i).context(), references));
            }
        }
        return joined;
    }
}
