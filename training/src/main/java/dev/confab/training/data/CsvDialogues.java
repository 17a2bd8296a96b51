package dev.confab.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.csv.CsvFactory;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/** Rows of a question and its answer. */
final class CsvDialogues implements DialogueParser {
    private static final int FIRST_LINE = 1 << 14;
    private static final int MOST_COLUMNS = 1000;
    private static final Set<String> QUESTION_NAMES = Set.of(
            "question", "questions", "input", "prompt", "context", "user", "human", "source", "message", "query");
    private static final Set<String> ANSWER_NAMES =
            Set.of("answer", "answers", "output", "response", "reply", "bot", "assistant", "target", "completion");
    private static final CsvMapper CSV = CsvMapper.builder(CsvFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_TEXT)
                            .build())
                    .build())
            .enable(CsvReadFeature.WRAP_AS_ARRAY)
            .enable(CsvReadFeature.SKIP_EMPTY_LINES)
            .build();

    private final JsonParser parser;
    private boolean first = true;

    private CsvDialogues(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads a stream that can be marked. */
    static CsvDialogues open(InputStream in) throws IOException {
        CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator(in));
        return new CsvDialogues(CSV.reader().with(schema).createParser(in));
    }

    @Override
    public @Nullable Dialogue next() throws BrokenLineException {
        List<String> row = row();
        if (first) {
            first = false;
            if (isHeader(row)) {
                row = row();
            }
        }
        if (row.isEmpty()) {
            return null;
        }
        if (row.size() != 2) {
            throw fault("has " + row.size() + " columns, expected 2: question and answer");
        }
        String question = row.getFirst().strip();
        String answer = row.getLast().strip();
        if (question.isEmpty() || answer.isEmpty()) {
            throw fault("the " + (question.isEmpty() ? "question" : "answer") + " is empty");
        }
        return new Dialogue(List.of(new Turn(question, false, 1), new Turn(answer, true, 1)));
    }

    /** The cells of the next row; none at the end. */
    private List<String> row() throws BrokenLineException {
        var cells = new ArrayList<String>(2);
        boolean tooMany = false;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.END_ARRAY && !cells.isEmpty()) {
                if (tooMany) {
                    throw fault("has more than " + MOST_COLUMNS + " columns, expected 2: question and answer");
                }
                return cells;
            }
            if (token.isScalarValue()) {
                tooMany |= cells.size() == MOST_COLUMNS;
                if (!tooMany) {
                    cells.add(parser.getValueAsString(""));
                }
            }
        }
        return cells;
    }

    private BrokenLineException fault(String fault) {
        return new BrokenLineException(parser.currentTokenLocation().getLineNr(), fault);
    }

    private static boolean isHeader(List<String> row) {
        return row.size() == 2
                && QUESTION_NAMES.contains(row.getFirst().strip().toLowerCase(Locale.ROOT))
                && ANSWER_NAMES.contains(row.getLast().strip().toLowerCase(Locale.ROOT));
    }

    /** What splits the columns: spreadsheets write semicolons where the comma is part of numbers. */
    private static char separator(InputStream in) throws IOException {
        in.mark(FIRST_LINE);
        byte[] start = in.readNBytes(FIRST_LINE - 1);
        in.reset();
        boolean quoted = false;
        for (byte next : start) {
            quoted ^= next == '"';
            if (!quoted && (next == ',' || next == ';')) {
                return (char) next;
            }
        }
        return ',';
    }
}
