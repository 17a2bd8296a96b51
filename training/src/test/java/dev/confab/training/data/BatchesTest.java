package dev.confab.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.Fixtures;
import dev.confab.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchesTest {
    private static final Tokenizer TOKENIZER = Tokenizer.load(Fixtures.tokenizer("small512"));
    private static final int BUDGET = 512;

    @TempDir
    private static Path folder;

    private static TokenizedDataset dataset;

    /** 9,000 dialogues, so more than one pool, each of which says which one it is; the last 1,000 thrice, 500 a fifth. */
    @BeforeAll
    static void makeDataset() throws IOException {
        dataset = TokenizedDataset.create(
                List.of(source("common", 7500, 1), source("rare", 500, 0.2), source("loved", 1000, 3)),
                TOKENIZER,
                new EncodingOptions(128, LossOn.ALL_TURNS, false),
                DatasetOptions.DEFAULT.withFolder(folder));
    }

    @AfterAll
    static void close() {
        dataset.close();
    }

    @Test
    void noBatchExceedsItsBudgetAndRowsAreAlmostEquallyLong() {
        var batches = Batches.shuffled(dataset, BUDGET, 1);
        var batch = batches.newBatch();
        long padding = 0;
        long used = 0;
        for (long i = 0; i < batches.count(0); i++) {
            batches.fill(0, i, batch);
            assertThat(batch.rows()).isPositive();
            assertThat(batch.rows() * batch.length()).isLessThanOrEqualTo(BUDGET);
            assertThat(batch.totalWeight()).isPositive();
            for (String text : texts(batch)) {
                used += TOKENIZER.encode(text).length;
            }
            padding += (long) batch.rows() * batch.length();
        }
        assertThat(used).isGreaterThan(padding * 95 / 100);
    }

    @Test
    void overFiveEpochsEachDialogueIsSeenExactlyAsOftenAsItsWeightSays() {
        var batches = Batches.shuffled(dataset, BUDGET, 7);
        var seen = new HashMap<String, Integer>();
        for (int epoch = 0; epoch < 5; epoch++) {
            count(batches, epoch).forEach((text, count) -> seen.merge(text, count, Integer::sum));
        }

        assertThat(seen).hasSize(9000);
        assertThat(seen)
                .allSatisfy((text, count) -> assertThat(count)
                        .as(text)
                        .isEqualTo(text.startsWith("common") ? 5 : text.startsWith("rare") ? 1 : 15));
    }

    @Test
    void eachEpochHoldsAnotherFifthOfARareSource() {
        var batches = Batches.shuffled(dataset, BUDGET, 7);
        var first = rare(batches, 0);
        var second = rare(batches, 1);

        assertThat(first).hasSize(100);
        assertThat(second).hasSize(100).doesNotContainAnyElementsOf(first);
    }

    @Test
    void sequentialBatchesHoldEveryRowOnceWhateverItsWeight() {
        Map<String, Integer> seen = count(Batches.sequential(dataset, BUDGET), 0);

        assertThat(seen).hasSize(9000);
        assertThat(seen.values()).containsOnly(1);
    }

    @Test
    void epochsAndSeedsDifferAndTheSameOneIsTheSameInAnyOrderOfCalls() {
        var batches = Batches.shuffled(dataset, BUDGET, 7);
        String asked = fill(batches, 1, 5);
        fill(batches, 0, 5);
        fill(batches, 1, 200);

        assertThat(fill(batches, 1, 5)).isEqualTo(asked);
        assertThat(fill(Batches.shuffled(dataset, BUDGET, 7), 1, 5)).isEqualTo(asked);
        assertThat(fill(batches, 0, 5)).isNotEqualTo(asked);
        assertThat(fill(Batches.shuffled(dataset, BUDGET, 8), 1, 5)).isNotEqualTo(asked);
    }

    /** Training that goes on in another process, or with another version of Confab, depends on this. */
    @Test
    void theOrderOfBatchesIsTheOneThatItAlwaysWas() {
        var batches = Batches.shuffled(dataset, BUDGET, 42);
        var batch = batches.newBatch();
        long hash = 0;
        for (int epoch = 0; epoch < 3; epoch++) {
            for (long i = 0; i < batches.count(epoch); i += 7) {
                batches.fill(epoch, i, batch);
                int used = batch.rows() * batch.length();
                hash = hash * 31 + Arrays.hashCode(Arrays.copyOf(batch.ids(), used));
                hash = hash * 31 + Arrays.hashCode(Arrays.copyOf(batch.weights(), used));
            }
        }

        assertThat(hash).isEqualTo(2577011347063759342L);
    }

    @Test
    void shorterRowsAreFilledUpWithEosOfNoWeight() {
        var batch = new Batch(64);
        int shorter = IntStream.range(0, dataset.examples())
                .filter(e -> dataset.length(e) < 20)
                .findFirst()
                .orElseThrow();
        batch.clear(30);
        batch.add(dataset, shorter);

        assertThat(Arrays.copyOfRange(batch.ids(), dataset.length(shorter), 30)).containsOnly(dataset.eosTokenId());
        assertThat(Arrays.copyOfRange(batch.weights(), dataset.length(shorter), 30))
                .containsOnly(0f);
        assertThat(batch.totalWeight()).isEqualTo(dataset.length(shorter) - 1);
    }

    @Test
    void aBudgetBelowTheLongestRowIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batches.shuffled(dataset, dataset.longest() - 1, 1))
                .withMessageContaining("the longest row has " + dataset.longest());
    }

    @Test
    void aBatchThatIsNotThereIsRefused() {
        var batches = Batches.shuffled(dataset, BUDGET, 1);

        assertThatThrownBy(() -> batches.fill(0, batches.count(0), batches.newBatch()))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("epoch 0 has " + batches.count(0) + " batches");
        assertThatIllegalArgumentException().isThrownBy(() -> batches.fill(0, 0, new Batch(8)));
    }

    private static DialogueSource source(String name, int dialogues, double weight) throws IOException {
        var random = new SplittableRandom(name.length());
        var lines = new ArrayList<String>();
        for (int d = 0; d < dialogues; d++) {
            String words = "ha ".repeat(random.nextInt(1, 12));
            lines.add("{\"turns\": [\"" + name + " " + d + "\", \"" + words + "\"]}");
        }
        Path file = Files.write(folder.resolve(name + ".jsonl"), lines);
        return new DialogueSource(file, DialogueFormat.JSON_LINES, weight);
    }

    private static Map<String, Integer> count(Batches batches, int epoch) {
        var seen = new HashMap<String, Integer>();
        var batch = batches.newBatch();
        for (long i = 0; i < batches.count(epoch); i++) {
            batches.fill(epoch, i, batch);
            texts(batch).forEach(text -> seen.merge(text, 1, Integer::sum));
        }
        return seen;
    }

    private static List<String> rare(Batches batches, int epoch) {
        return count(batches, epoch).keySet().stream()
                .filter(text -> text.startsWith("rare"))
                .toList();
    }

    private static String fill(Batches batches, int epoch, long index) {
        var batch = batches.newBatch();
        batches.fill(epoch, index, batch);
        return texts(batch).stream().collect(Collectors.joining("\n"));
    }

    /** The rows of a batch as text, without the eos tokens that fill them up. */
    private static List<String> texts(Batch batch) {
        String end = TOKENIZER.eosToken();
        return IntStream.range(0, batch.rows())
                .mapToObj(r ->
                        TOKENIZER.decode(Arrays.copyOfRange(batch.ids(), r * batch.length(), (r + 1) * batch.length())))
                .map(text -> text.replaceAll("(" + Pattern.quote(end) + ")+$", end))
                .toList();
    }
}
