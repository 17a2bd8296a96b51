package dev.confab.app;

import dev.confab.evaluation.report.ReportJson;
import dev.confab.evaluation.report.ReportTable;
import dev.confab.evaluation.report.SystemReport;
import java.util.List;
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

    /** Prints the report. */
    void print(List<SystemReport> systems, StandardOutput out) {
        switch (json ? Format.JSON : format) {
            case TEXT -> out.print(ReportTable.of(systems).text());
            case MARKDOWN -> out.print(ReportTable.of(systems).markdown());
            case JSON -> out.printLine(ReportJson.of(systems));
        }
    }
}
