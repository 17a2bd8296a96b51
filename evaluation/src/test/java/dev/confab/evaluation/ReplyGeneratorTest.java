package dev.confab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.ModelOptions;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.tokenizer.DecodeOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ReplyGeneratorTest {
    private static final LanguageModel MODEL = LanguageModel.load(
            Fixtures.model("tiny-a/st-f32").toString(), ModelOptions.defaults().withWeightCacheBytes(0));
    private static final List<List<String>> CONTEXTS = IntStream.range(0, 11)
            .mapToObj(i -> List.of("Hello " + i, "How are you?".repeat(1 + i % 3)))
            .toList();

    @AfterAll
    static void closeModel() {
        MODEL.close();
    }

    @Test
    void repliesMadeTogetherAreThoseMadeOneByOne() {
        GenerationConfig greedy = GenerationConfig.builder().maxNewTokens(12).build();
        GenerationConfig beams = greedy.toBuilder().numBeams(3).build();
        GenerationConfig drawn = greedy.toBuilder().doSample(true).seed(5).build();
        for (GenerationConfig config : List.of(greedy, beams, drawn)) {
            assertThat(replies(config, 4)).isEqualTo(replies(config, 1)).hasSize(CONTEXTS.size());
        }
    }

    @Test
    void aReplyIsWhatTheModelGeneratesAfterTurnsThatEndWithTheEndOfTextToken() {
        GenerationConfig config = GenerationConfig.builder().maxNewTokens(12).build();
        String eos = MODEL.tokenizer().eosToken();
        int[] prompt = MODEL.tokenizer().encode("Hello 0" + eos + "How are you?" + eos);
        int[] generated = MODEL.generator().generate(prompt, config).sequence().tokens();

        assertThat(replies(config, 16).getFirst())
                .isEqualTo(MODEL.tokenizer()
                        .decode(generated, DecodeOption.SKIP_SPECIAL_TOKENS)
                        .strip());
    }

    @Test
    void contextsDoNotShareRandomNumbers() {
        GenerationConfig drawn = GenerationConfig.builder()
                .maxNewTokens(12)
                .doSample(true)
                .seed(5)
                .build();
        List<List<String>> same = Collections.nCopies(8, List.of("Hello"));

        assertThat(new ReplyGenerator(MODEL, drawn, 8).replies(same, _ -> {}))
                .as("eight replies to the same context")
                .doesNotHaveDuplicates();
    }

    @Test
    void progressCountsEveryReply() {
        List<Integer> steps = new ArrayList<>();
        new ReplyGenerator(MODEL, GenerationConfig.builder().maxNewTokens(1).build(), 4).replies(CONTEXTS, steps::add);

        assertThat(steps).containsExactly(4, 4, 3);
    }

    @Test
    void aLongContextLosesItsOldestTurns() {
        GenerationConfig config = GenerationConfig.builder().maxNewTokens(8).build();
        List<String> turns = new ArrayList<>(Collections.nCopies(100, "And then?"));
        turns.add("Well.");
        int fitting = (MODEL.config().positions() - 8 - length("Well.")) / length("And then?");
        List<String> kept = turns.subList(100 - fitting, 101);

        var generator = new ReplyGenerator(MODEL, config, 2);
        List<String> replies = generator.replies(List.of(turns, kept), _ -> {});
        assertThat(replies.get(0)).isEqualTo(replies.get(1));
    }

    @Test
    void whatCannotBeAnsweredIsRefusedByItsNumber() {
        var generator = new ReplyGenerator(MODEL, GenerationConfig.empty(), 2);

        assertThatThrownBy(() -> generator.replies(List.of(List.of("Hi"), List.of("word ".repeat(200))), _ -> {}))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("last turn of context 2 is longer than the 64 tokens")
                .hasMessageContaining("128 positions");
        assertThatThrownBy(() -> generator.replies(List.of(List.of()), _ -> {}))
                .hasMessage("context 1 has no turns; a reply needs at least one");
        assertThatThrownBy(() -> new ReplyGenerator(MODEL, GenerationConfig.empty(), 0))
                .hasMessage("batch size: 0; choose 1 to 1024");
    }

    private static List<String> replies(GenerationConfig config, int together) {
        return new ReplyGenerator(MODEL, config, together).replies(CONTEXTS, _ -> {});
    }

    private static int length(String turn) {
        return MODEL.tokenizer().encode(turn + MODEL.tokenizer().eosToken()).length;
    }
}
