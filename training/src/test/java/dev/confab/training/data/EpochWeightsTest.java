package dev.confab.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.Fixtures;
import dev.confab.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochWeightsTest {
    @TempDir
    Path folder;

    @Test
    void theLastWeightHoldsForAllEpochsThatFollow() {
        EpochWeights weights = EpochWeights.parse("2,0.5,1");
        assertThat(weights.before(0)).isZero();
        assertThat(weights.before(2)).isCloseTo(2.5, within(1e-12));
        assertThat(weights.before(5)).isCloseTo(5.5, within(1e-12));
        assertThat(weights).hasToString("2,0.5,1");
    }

    @Test
    void weightsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> EpochWeights.parse("1,-2")).hasMessageContaining("[1.0, -2.0]");
        assertThatThrownBy(() -> EpochWeights.parse("0,0")).hasMessageContaining("one above 0");
        assertThatThrownBy(() -> EpochWeights.parse("1,")).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void anEpochHasAsManyRowsAsItsWeightSays() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"turns\": [\"hello\", \"you\"]}\n".repeat(100));
        DialogueSource source = DialogueSource.of(file).withWeights(EpochWeights.parse("1,0,0.25"));
        try (TokenizedDataset dataset = dataset(source, DatasetOptions.DEFAULT)) {
            Batches batches = Batches.shuffled(dataset, dataset.longest(), 1);
            assertThat(batches.count(0)).isEqualTo(100);
            assertThat(batches.count(1)).isZero();
            assertThat(batches.count(2)).isEqualTo(25);
            assertThat(batches.count(9)).isEqualTo(25);
        }
    }

    @Test
    void dialoguesInWhichSomethingIsFoundAreLeftOut() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.jsonl"),
                "{\"turns\": [\"hello\", \"I am TIM\"]}\n{\"turns\": [\"hello\", \"what a time\"]}\n");
        DatasetOptions options = DatasetOptions.DEFAULT.withExclude(Optional.of(Pattern.compile("\\bTIM\\b")));
        try (TokenizedDataset dataset = dataset(DialogueSource.of(file), options)) {
            assertThat(dataset.examples()).isEqualTo(1);
            assertThat(dataset.statistics().getFirst().excluded()).isEqualTo(1);
        }
    }

    private static TokenizedDataset dataset(DialogueSource source, DatasetOptions options) {
        return TokenizedDataset.create(
                List.of(source),
                Tokenizer.load(Fixtures.tokenizer("small512")),
                new EncodingOptions(64, LossOn.ALL_TURNS, false),
                options);
    }
}
