package dev.confab.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.Fixtures;
import dev.confab.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizedDatasetTest {
    private static final EncodingOptions ENCODING = new EncodingOptions(64, LossOn.BOT_TURNS, false);

    @TempDir
    private Path folder;

    @Test
    void rowsComeBackAsTheyWereWrittenWithTwoBytesForAnIdOrFour() {
        for (int vocabulary : new int[] {1 << 16, 1 << 17}) {
            var first = new EncodedExample(new int[] {0, vocabulary - 1, 7}, new float[] {0, 1, 1});
            var second = new EncodedExample(new int[] {1, 65535, 3, 4, 5}, new float[] {0, 0, 0.25f, 0, 1});
            try (var dataset = dataset(vocabulary, first, second)) {
                assertThat(dataset.examples()).isEqualTo(2);
                assertThat(dataset.longest()).isEqualTo(5);
                assertRow(dataset, 1, second);
                assertRow(dataset, 0, first);
            }
        }
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws IOException {
        var sources = List.of(source("a", 3000), source("b", 10));
        try (var one = create(sources, options().withThreads(1));
                var four = create(sources, options().withThreads(4));
                var other = create(sources.reversed(), options())) {
            assertThat(four.fingerprint()).isEqualTo(one.fingerprint());
            assertThat(four.statistics()).isEqualTo(one.statistics());
            assertThat(other.fingerprint()).isNotEqualTo(one.fingerprint());
        }
    }

    @Test
    void statisticsSayWhatEachSourceGave() throws IOException {
        Path file = folder.resolve("mixed.jsonl");
        Files.writeString(file, """
                {"turns": ["Hi!", "Hello."], "source": "somewhere"}
                {"turns": ["Hi!"

                {"turns": ["Is anybody there?"]}
                {"turns": ["a", "b", "c", "d"]}
                """);
        var reports = new ArrayList<String>();
        try (var dataset = create(
                List.of(new DialogueSource(file, DialogueFormat.JSON_LINES, 1)),
                options().withBrokenLines(BrokenLines.SKIP, (path, line, fault) -> reports.add(line + ": " + fault)))) {
            SourceStatistics statistics = dataset.statistics().getFirst();
            assertThat(statistics.dialogues()).isEqualTo(3);
            assertThat(statistics.turns()).isEqualTo(7);
            assertThat(statistics.examples()).isEqualTo(dataset.examples()).isEqualTo(2);
            assertThat(statistics.brokenLines()).isEqualTo(1);
            assertThat(statistics.learnedTokens()).isLessThan(statistics.tokens());
        }
        assertThat(reports).hasSize(1);
        assertThat(reports.getFirst()).startsWith("2: is not valid JSON");
    }

    @Test
    void aSplitSharesNoDialogueAndLosesNone() throws IOException {
        DialogueSource source = source("a", 2000);
        var tokenizer = Tokenizer.load(Fixtures.tokenizer("small512"));
        try (var split = TokenizedDataset.split(List.of(source, source), 0.1, tokenizer, ENCODING, options())) {
            Set<String> training = rows(split.training());
            Set<String> validation = rows(split.validation().orElseThrow());
            assertThat(training).doesNotContainAnyElementsOf(validation);
            assertThat(training.size() + validation.size()).isEqualTo(2000);
            assertThat(validation).hasSizeBetween(140, 260);
            assertThat(split.validation().orElseThrow().examples()).isEqualTo(2 * validation.size());
        }
    }

    @Test
    void theFilesAreGoneWhenItIsClosed() throws IOException {
        Path place = folder.resolve("cache");
        create(List.of(source("a", 5)), options().withFolder(place)).close();
        assertThat(place).isEmptyDirectory();

        Path broken = Files.writeString(folder.resolve("broken.jsonl"), "no\n");
        assertThatThrownBy(() -> create(
                        List.of(new DialogueSource(broken, DialogueFormat.JSON_LINES, 1)),
                        options().withFolder(place)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("there is nothing to learn in [" + broken + "]");
        assertThat(place).isEmptyDirectory();
    }

    private TokenizedDataset dataset(int vocabulary, EncodedExample... rows) {
        var writer = new DatasetWriter(folder, vocabulary);
        writer.add(2, List.of(rows));
        return writer.finish(0);
    }

    private static void assertRow(TokenizedDataset dataset, int example, EncodedExample expected) {
        int[] ids = new int[dataset.length(example)];
        float[] weights = new float[ids.length];
        dataset.copy(example, ids, weights, 0);
        assertThat(ids).containsExactly(expected.ids());
        assertThat(weights).containsExactly(expected.weights());
    }

    private TokenizedDataset create(List<DialogueSource> sources, DatasetOptions options) {
        return TokenizedDataset.create(sources, Tokenizer.load(Fixtures.tokenizer("small512")), ENCODING, options);
    }

    private DatasetOptions options() {
        return DatasetOptions.DEFAULT.withFolder(folder);
    }

    private DialogueSource source(String name, int dialogues) throws IOException {
        var lines = new ArrayList<String>();
        for (int d = 0; d < dialogues; d++) {
            lines.add("{\"turns\": [\"%s %d\", \"yes \\u00e4 %d\", \"%s\", \"no\"]}"
                    .formatted(name, d, d, "long ".repeat(1 + d % 5)));
        }
        return new DialogueSource(Files.write(folder.resolve(name + ".jsonl"), lines), DialogueFormat.JSON_LINES, 1);
    }

    private static Set<String> rows(TokenizedDataset dataset) {
        var rows = new HashSet<String>();
        for (int e = 0; e < dataset.examples(); e++) {
            int[] ids = new int[dataset.length(e)];
            dataset.copy(e, ids, new float[ids.length], 0);
            rows.add(Arrays.toString(ids));
        }
        return rows;
    }
}
