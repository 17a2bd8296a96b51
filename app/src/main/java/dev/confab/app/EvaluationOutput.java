package dev.confab.app;

import dev.confab.evaluation.report.ReportJson;
import dev.confab.evaluation.report.ReportPlot;
import dev.confab.evaluation.report.ReportTable;
import dev.confab.evaluation.report.SystemReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The form of {@code confab evaluate}'s answer. */
final class EvaluationOutput {
    /** The forms of the table. */
    enum Format {
        /** Columns. */
        TEXT,
        /** A table in Markdown. */
        MARKDOWN,
        /** One document. */
        JSON
    }

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, markdown or json (default: text)")
    Format format = Format.TEXT;

    @Option(names = "--json", description = "the same as --format json")
    boolean json;

    @Option(names = "--plot", paramLabel = "FILE", description = "draw the values too, to a .png file")
    @Nullable
    Path plot;

    /** Checks what can be checked before anything is measured. */
    void check() {
        if (plot != null) {
            ReportPlot.requireKnownForm(plot);
        }
    }

    /** Prints the report, and draws it where that was asked for. */
    void print(List<SystemReport> systems, StandardOutput out) throws IOException {
        if (plot != null) {
            ReportPlot.write(systems, plot);
        }
        switch (json ? Format.JSON : format) {
            case TEXT -> out.print(ReportTable.of(systems).text());
            case MARKDOWN -> out.print(ReportTable.of(systems).markdown());
            case JSON -> out.printLine(ReportJson.of(systems));
        }
    }
}
