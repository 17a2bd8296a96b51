package dev.confab.evaluation.report;

import dev.confab.evaluation.metric.Interval;
import dev.confab.evaluation.metric.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Several systems side by side: a row for each value, a column for each system. */
public final class ReportTable {
    private final List<List<String>> rows;

    private ReportTable(List<List<String>> rows) {
        this.rows = rows;
    }

    /**
     * The table of some systems, of which the same was measured.
     *
     * @param systems at least one
     */
    public static ReportTable of(List<SystemReport> systems) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("", systems.stream().map(SystemReport::name).toList()));
        if (systems.stream().allMatch(system -> system.perplexity().isPresent())) {
            rows.add(row("Loss", perplexities(systems, "%.4f", 0)));
            rows.add(row("Perplexity", perplexities(systems, "%.3f", 1)));
            rows.add(row("Tokens", perplexities(systems, "%.0f", 2)));
        }
        for (int s = 0; s < systems.getFirst().scores().size(); s++) {
            List<String> labels = systems.getFirst().scores().get(s).metric().labels();
            for (int v = 0; v < labels.size(); v++) {
                int score = s;
                int value = v;
                rows.add(row(
                        labels.get(v),
                        systems.stream()
                                .map(system -> cell(system.scores().get(score), value))
                                .toList()));
            }
        }
        return new ReportTable(rows);
    }

    private static List<String> row(String label, List<String> cells) {
        List<String> row = new ArrayList<>(List.of(label));
        row.addAll(cells);
        return row;
    }

    private static List<String> perplexities(List<SystemReport> systems, String format, int field) {
        return systems.stream()
                .map(system -> system.perplexity().orElseThrow())
                .map(found -> switch (field) {
                    case 0 -> found.loss();
                    case 1 -> found.perplexity();
                    default -> (double) found.tokens();
                })
                .map(value -> String.format(Locale.ROOT, format, value))
                .toList();
    }

    private static String cell(Score score, int value) {
        String text = String.format(Locale.ROOT, "%.4f", score.values().get(value));
        if (score.intervals().isEmpty()) {
            return text;
        }
        Interval interval = score.intervals().get(value);
        return text + String.format(Locale.ROOT, " [%.4f, %.4f]", interval.low(), interval.high());
    }

    /** In columns, for a terminal. */
    public String text() {
        int[] widths = widths();
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int c = 0; c < row.size(); c++) {
                line.append(c == 0 ? left(row.get(c), widths[c]) : "  " + right(row.get(c), widths[c]));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** As a Markdown table. */
    public String markdown() {
        var text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            text.append("| ")
                    .append(String.join(
                            " | ",
                            rows.get(r).stream()
                                    .map(cell -> cell.replace("|", "\\|"))
                                    .toList()))
                    .append(" |\n");
            if (r == 0) {
                text.append("|---")
                        .append("|---:".repeat(rows.get(r).size() - 1))
                        .append("|\n");
            }
        }
        return text.toString();
    }

    private int[] widths() {
        return IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
    }

    private static String left(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }

    private static String right(String cell, int width) {
        return " ".repeat(width - cell.length()) + cell;
    }
}
