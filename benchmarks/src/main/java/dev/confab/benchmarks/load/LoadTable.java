package dev.confab.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the same people had of several kernel sets, side by side. Belongs to one thread. */
final class LoadTable {
    private static final String ROW = "%-16s %8s %9s %20s %22s %12s %9s  %s%n";

    private final List<Row> rows = new ArrayList<>();

    /**
     * A row.
     *
     * @param kernels what the server computed with
     * @param report what came of it
     */
    private record Row(String kernels, LoadReport report) {
        String text() {
            return String.format(
                    Locale.ROOT,
                    ROW,
                    kernels,
                    String.format(Locale.ROOT, "%,d", report.replies()),
                    String.format(Locale.ROOT, "%,.1f", report.tokensPerSecond()),
                    report.firstToken().figures(),
                    report.total().figures(),
                    String.format(Locale.ROOT, "%.0f %%", 100 * report.cachedShare()),
                    report.memory().orElse("unknown"),
                    report.failures());
        }

        ObjectNode json() {
            ObjectNode node = JsonMapper.shared().createObjectNode().put("kernels", kernels);
            return node.setAll(report.json());
        }
    }

    /** Adds what came of a kernel set. */
    void add(String kernels, LoadReport report) {
        rows.add(new Row(kernels, report));
    }

    /** Whether nothing was added. */
    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** For people: a row for each. */
    String text() {
        LoadReport first = rows.getFirst().report();
        return String.format(
                        Locale.ROOT,
                        "%d people, measured for %.0f s with each; times are p50 / p95 / p99 in ms%n",
                        first.people(),
                        first.seconds())
                + String.format(
                        Locale.ROOT,
                        ROW,
                        "kernels",
                        "replies",
                        "tokens/s",
                        "first token",
                        "whole reply",
                        "read before",
                        "memory",
                        "errors")
                + rows.stream().map(Row::text).collect(Collectors.joining());
    }

    /** For programs: a list with a document for each. */
    ArrayNode json() {
        ArrayNode list = JsonMapper.shared().createArrayNode();
        rows.forEach(row -> list.add(row.json()));
        return list;
    }
}
