package dev.confab.ui.http;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Samples that users point out, added to a file: CSV with a heading if its name ends with {@code .csv}, else one JSON
 * object on each line.
 */
final class FlagRoutes {
    private static final int MAX_COMMENT = 10_000;

    private final PageDefinition page;
    private final Logins logins;
    private final ReentrantLock lock = new ReentrantLock();

    FlagRoutes(PageDefinition page, Logins logins) {
        this.page = page;
        this.logins = logins;
    }

    /** {@code inputs} and {@code outputs} as they were, one of the {@code option}s, and perhaps a {@code comment}. */
    void flag(Context context) throws IOException {
        Path log = page.flagging().log();
        if (log == null) {
            throw new NotFoundResponse("this page takes no samples");
        }
        ObjectNode body = Json.body(context);
        String option = body.path("option").asString("");
        String comment = body.path("comment").asString("");
        if (!page.flagging().options().contains(option)) {
            throw new BadRequestException("option is '" + option + "', expected one of "
                    + page.flagging().options());
        }
        if (comment.length() > MAX_COMMENT) {
            throw new BadRequestException(
                    "the comment has " + comment.length() + " characters, expected at most " + MAX_COMMENT);
        }
        ObjectNode sample = sample(context, body, option, comment);
        append(log, sample);
        Json.send(context, Json.object().put("success", true));
    }

    private ObjectNode sample(Context context, ObjectNode body, String option, String comment) {
        ObjectNode sample = Json.object();
        put(
                sample,
                body.path("inputs"),
                page.endpoint().visibleInputs().stream().map(p -> p.name()).toList());
        put(
                sample,
                body.path("outputs"),
                page.endpoint().visibleOutputs().stream().map(p -> p.name()).toList());
        @Nullable String user = logins.user(context);
        return sample.put("flag", option)
                .put("comment", comment)
                .put("username", user == null ? "" : user)
                .put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    }

    private static void put(ObjectNode sample, JsonNode values, List<String> names) {
        if (values.size() != names.size()) {
            throw new BadRequestException("there are " + values.size() + " values, expected one for each of " + names);
        }
        for (int i = 0; i < names.size(); i++) {
            String name = sample.has(names.get(i)) ? names.get(i) + "_output" : names.get(i);
            sample.set(name, values.get(i));
        }
    }

    private void append(Path log, ObjectNode sample) throws IOException {
        lock.lock();
        try {
            Path parent = log.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            boolean csv = log.toString().endsWith(".csv");
            StringBuilder lines = new StringBuilder();
            if (csv && !Files.exists(log)) {
                lines.append(row(new ArrayList<>(sample.propertyNames())));
            }
            lines.append(csv ? row(cells(sample)) : sample + "\n");
            Files.writeString(log, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } finally {
            lock.unlock();
        }
    }

    private static List<String> cells(ObjectNode sample) {
        return sample.valueStream()
                .map(value -> value.isString() ? value.stringValue() : value.toString())
                .toList();
    }

    /** A line of CSV. A cell that a spreadsheet would compute begins with an apostrophe instead. */
    private static String row(List<String> cells) {
        return cells.stream()
                        .map(cell -> cell.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + cell : cell)
                        .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining(","))
                + "\r\n";
    }
}
