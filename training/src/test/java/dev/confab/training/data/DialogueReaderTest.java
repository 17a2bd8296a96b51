package dev.confab.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialogueReaderTest {
    private static final Map<DialogueFormat, String> SAMPLES = Map.of(
            DialogueFormat.JSON_LINES, "{\"turns\": [\"Hi!\", \"Hello.\"]}\n",
            DialogueFormat.DIALOGPT_TSV, "0.0 Hi!\t1.0 Hello.\n",
            DialogueFormat.CHAT_JSON_LINES,
                    "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi!\"}, {\"role\": \"assistant\", \"content\": \"Hello.\"}]}\n",
            DialogueFormat.CSV, "Hi!,Hello.\n",
            DialogueFormat.TELEGRAM,
                    "{\"name\": \"A\", \"messages\": [{\"type\": \"message\", \"date\": \"2024-05-01T10:00:00\", \"from\": \"A\", \"text\": \"Hi!\"}, {\"type\": \"message\", \"date\": \"2024-05-01T10:00:00\", \"from\": \"B\", \"text\": \"Hello.\"}]}\n",
            DialogueFormat.WHATSAPP, "1/1/24, 10:00 - A: Hi!\n1/1/24, 10:00 - B: Hello.\n");

    @TempDir
    private Path folder;

    @Test
    void everyFormatIsRecognisedAndReadPlainOrPacked() throws IOException {
        assertThat(SAMPLES).containsOnlyKeys(DialogueFormat.values());
        for (var sample : SAMPLES.entrySet()) {
            String suffix = switch (sample.getKey()) {
                case CSV -> ".csv";
                case DIALOGPT_TSV -> ".tsv";
                default -> ".txt";
            };
            Path plain = Files.writeString(folder.resolve("plain" + suffix), sample.getValue());
            Path packed = pack("packed" + suffix + ".gz", sample.getValue());
            for (Path file : new Path[] {plain, packed}) {
                DialogueSource source = DialogueSource.of(file);
                assertThat(source.format()).isEqualTo(sample.getKey());
                try (var reader = DialogueReader.open(source, BrokenLines.FAIL, DataListener.NONE)) {
                    assertThat(Dialogues.show(Objects.requireNonNull(reader.next())))
                            .endsWith("Hello.")
                            .isIn("/ Hi! > Hello.", "/ (Hi!) > Hello.");
                    assertThat(reader.next()).isNull();
                }
            }
        }
        System.out.println("formats recognised and read, plain and packed: " + SAMPLES.size());
    }

    @Test
    void aFormatThatIsNotRecognisedIsAnErrorThatSaysWhatWasFound() throws IOException {
        Path letter = Files.writeString(folder.resolve("letter.txt"), "\nDear Anna,\n");
        Path empty = Files.writeString(folder.resolve("empty.jsonl"), "");

        assertThatThrownBy(() -> DialogueSource.of(letter))
                .hasMessage(
                        letter + ": the format is not recognised; it begins with 'Dear Anna,'; name its format, one of"
                                + " [json-lines, dialogpt-tsv, chat-json-lines, csv, telegram, whatsapp]");
        assertThatThrownBy(() -> DialogueSource.of(empty)).hasMessageContaining("the file is empty");
        assertThatThrownBy(() -> DialogueFormat.named("xml")).hasMessageContaining("there is no data format 'xml'");
        assertThat(DialogueFormat.named("chat-json-lines")).isEqualTo(DialogueFormat.CHAT_JSON_LINES);
    }

    @Test
    void aBrokenLineIsAnErrorThatNamesItWhereNoneMayBeLeftOut() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"turns\": [\"Hi!\"]}\n{\n");
        try (var reader = DialogueReader.open(DialogueSource.of(file), BrokenLines.FAIL, DataListener.NONE)) {
            assertThat(reader.next()).isNotNull();
            assertThatThrownBy(reader::next)
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(file + ":2: is not valid JSON");
        }
    }

    @Test
    void onlyTheFirstFewBrokenLinesAreReportedButAllAreCounted() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), "no\n".repeat(100));
        var reports = new ArrayList<Long>();
        var source = new DialogueSource(file, DialogueFormat.JSON_LINES, 1);
        try (var reader = DialogueReader.open(source, BrokenLines.SKIP, (path, line, fault) -> reports.add(line))) {
            assertThat(reader.next()).isNull();
            assertThat(reader.brokenLines()).isEqualTo(100);
        }
        assertThat(reports).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void bytesThatAreNoUtf8BreakOnlyTheirLine() throws IOException {
        Path file = folder.resolve("a.jsonl");
        byte[] bytes = "{\"turns\": [\"caf\u00e9\"]}\n{\"turns\": [\"tea\"]}\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, bytes);
        var source = new DialogueSource(file, DialogueFormat.JSON_LINES, 1);
        try (var reader = DialogueReader.open(source, BrokenLines.SKIP, DataListener.NONE)) {
            assertThat(reader.next()).isEqualTo(new Dialogue(List.of(new Turn("tea", false, 1))));
            assertThat(reader.brokenLines()).isEqualTo(1);
        }
    }

    @Test
    void aGzipFileThatIsCutOffIsAnError() throws IOException {
        Path file = pack("a.jsonl.gz", "{\"turns\": [\"Hi!\"]}\n".repeat(2000));
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 60));
        var source = new DialogueSource(file, DialogueFormat.JSON_LINES, 1);
        try (var reader = DialogueReader.open(source, BrokenLines.SKIP, DataListener.NONE)) {
            assertThatThrownBy(() -> {
                        while (reader.next() != null) {
                            assertThat(reader.brokenLines()).isZero();
                        }
                    })
                    .hasMessage(file + ": the gzip data is cut off or damaged; fetch or pack it again");
        }
        assertThatThrownBy(() -> DialogueSource.of(folder.resolve("none.jsonl")))
                .hasMessageContaining("no such file");
    }

    @Test
    void everyFormatIsReadAsAStream() {
        for (DialogueFormat format : DialogueFormat.values()) {
            var endless = new EndlessInputStream(format);
            var source = new DialogueSource(Path.of("endless"), format, 1);
            try (var reader = DialogueReader.over(
                    new BufferedInputStream(endless, 1 << 12), source, BrokenLines.FAIL, DataListener.NONE)) {
                for (int i = 0; i < 1000; i++) {
                    endless.allowed = 1 << 16;
                    assertThat(reader.next()).as(format.name()).isNotNull();
                }
            }
            assertThat(endless.given).isGreaterThan(10_000);
        }
    }

    private Path pack(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** A file without an end, which fails where much more is read than the next dialogue takes. */
    private static final class EndlessInputStream extends InputStream {
        private final byte[] start;
        private final byte[] repeated;
        private long given;
        private int allowed = 1 << 16;

        EndlessInputStream(DialogueFormat format) {
            String start = format == DialogueFormat.TELEGRAM ? "{\"messages\": [" : "";
            String repeated = switch (format) {
                case TELEGRAM -> """
                            {"type": "message", "date": "2024-05-01T10:00:00", "from": "A", "text": "Hi!"},
                            {"type": "message", "date": "2024-05-02T10:00:00", "from": "A", "text": "Hi!"},
                            {"type": "message", "date": "2024-05-02T10:00:00", "from": "B", "text": "Hello."},
                            """;
                case WHATSAPP -> "1/5/24, 10:00 - A: Hi!\n2/5/24, 10:00 - A: Hi!\n2/5/24, 10:00 - B: Hello.\n";
                default -> SAMPLES.get(format);
            };
            this.start = start.getBytes(StandardCharsets.UTF_8);
            this.repeated = String.valueOf(repeated).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            long place = given++;
            allowed--;
            return place < start.length
                    ? start[(int) place]
                    : repeated[(int) ((place - start.length) % repeated.length)];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length > allowed) {
                throw new IOException("read too far ahead, at byte " + given);
            }
            for (int i = 0; i < length; i++) {
                bytes[offset + i] = (byte) read();
            }
            return length;
        }
    }
}
