package dev.confab.engine.model;

import static dev.confab.engine.model.Forward.difference;
import static dev.confab.engine.model.Forward.read;
import static dev.confab.engine.model.Forward.readFresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.tensor.WeightFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What other engines for the JVM get wrong with DialoGPT. Prefixed names stand in {@link BrokenCheckpointTest}; shared
 * buffers and prompts longer than the context in {@link ForwardTest}; the reference's answers for every activation and
 * inner size in {@link GoldenLogitsTest}.
 */
final class PeerFaultsTest {
    @TempDir
    Path folder;

    /** Where positions count generated tokens alone, the second turn overwrites the first. */
    @Test
    void aSecondTurnGoesOnBehindThePromptAndTheReplyOfTheFirst() {
        try (Gpt2 model = TestModels.load("tiny-b/st-f32");
                KeyValueCache cache = model.newCache()) {
            int[] firstTurn = {5, 17, 4, 99, 31, 2, 8};
            int[] conversation = TestModels.greedy(model, firstTurn, 16);
            read(model, cache, conversation, 0, firstTurn.length, 1);
            for (int i = firstTurn.length; i < conversation.length; i++) {
                read(model, cache, conversation, i, i + 1, 1);
            }
            int[] secondTurn = {3, 77, 12};
            int[] all = IntStream.concat(Arrays.stream(conversation), Arrays.stream(secondTurn))
                    .toArray();
            float[] logits = read(model, cache, all, conversation.length, all.length, 1)[0];
            assertThat(cache.length()).isEqualTo(19);
            assertThat(difference(logits, readFresh(model, all))).isLessThan(1e-5);
        }
    }

    /** A first token that nobody asked for shifts every position. */
    @Test
    void noTokenIsPutBeforeAPrompt() {
        try (Gpt2 model = TestModels.load("tiny-a/st-f32");
                KeyValueCache cache = model.newCache()) {
            int bos = model.config().bosTokenId().orElseThrow();
            float[] without = read(model, cache, new int[] {7}, 0, 1, 1)[0];
            assertThat(cache.length()).isEqualTo(1);
            assertThat(difference(without, readFresh(model, new int[] {bos, 7})))
                    .isGreaterThan(0.01);
        }
    }

    @Test
    void theInnerSizeAndTheActivationOfTheConfigurationAreUsed() throws IOException {
        var config = Gpt2Config.of(10, 8, 4, 1, 2);
        float[] usual = loadWith(config, 16, "gelu_new");
        assertThat(loadWith(config, 16, "relu")).isNotEqualTo(usual);
        assertThat(loadWith(config, 6, "gelu_new")).isNotEqualTo(usual);
    }

    private float[] loadWith(Gpt2Config config, int inner, String activation) throws IOException {
        new WrittenCheckpoint(config, "")
                .with("h.0.mlp.c_fc.weight", 4, inner)
                .with("h.0.mlp.c_fc.bias", inner)
                .with("h.0.mlp.c_proj.weight", inner, 4)
                .write(folder);
        Files.writeString(folder.resolve("config.json"), """
                {"vocab_size": 10, "n_positions": 8, "n_embd": 4, "n_layer": 1, "n_head": 2, "n_inner": %d,
                 "activation_function": "%s"}""".formatted(inner, activation));
        try (Gpt2 model = Gpt2Loader.load(folder, TestModels.options(WeightFormat.F32))) {
            return TestModels.logits(model, new int[] {1, 2}, 1)[0];
        }
    }
}
