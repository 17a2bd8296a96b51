package dev.confab.app;

import dev.confab.evaluation.ScoredTurns;
import dev.confab.evaluation.data.Exchange;
import dev.confab.evaluation.data.ReferenceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files that {@code confab evaluate} reads. */
final class EvaluationInput {
    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "dialogues for the perplexity: JSON Lines with {\"turns\": [..]}, or with {\"context\": [..],"
                    + " \"references\": [..]}; gzip too")
    @Nullable
    Path data;

    @Option(
            names = "--score-turns",
            paramLabel = "WHICH",
            description = "the turns that the model has to predict: all, replies (all but the first) or last"
                    + " (default: all)")
    String scoredTurns = ScoredTurns.ALL.label();

    @Option(
            names = "--hypotheses",
            paramLabel = "FILE",
            description = "replies to measure, one a line, or JSON Lines; may be given several times")
    List<Path> hypotheses = new ArrayList<>();

    @Option(
            names = "--references",
            paramLabel = "FILE",
            description = "what people said: JSON Lines with {\"context\": [..], \"references\": [..]}, or plain lines"
                    + " with tabs between references; several files are several sets of references")
    List<Path> references = new ArrayList<>();

    /** The exchanges that the files of references hold; none where there are no files. */
    List<Exchange> exchanges() throws IOException {
        return references.isEmpty() ? List.of() : ReferenceFile.readAll(references);
    }
}
