package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.TestModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StreamingTest {
    private static final Gpt2 MODEL = TestModels.load("tiny-a/st-f32");
    private static final Generator GENERATOR = Generator.of(MODEL);
    private static final int[] PROMPT = {35, 78, 322, 386, 484, 469, 30, 511};

    @AfterAll
    static void closeModel() {
        MODEL.close();
    }

    static List<GenerationConfig> strategies() {
        return List.of(
                GenerationConfig.empty(),
                GenerationConfig.builder().doSample(true).seed(3).build(),
                GenerationConfig.builder()
                        .doSample(true)
                        .seed(3)
                        .numReturnSequences(3)
                        .build(),
                GenerationConfig.builder().numBeams(4).build(),
                GenerationConfig.builder().numBeams(3).doSample(true).seed(4).build(),
                GenerationConfig.builder()
                        .numBeams(4)
                        .numBeamGroups(2)
                        .diversityPenalty(0.5)
                        .build(),
                GenerationConfig.builder()
                        .numBeams(4)
                        .forceWordsIds(List.of(List.of(List.of(41, 42))))
                        .build(),
                GenerationConfig.builder().penaltyAlpha(0.6).topK(4).build(),
                GenerationConfig.builder().promptLookupNumTokens(4).build());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void theStreamedTokensAreTheReply(GenerationConfig strategy) {
        Map<Integer, List<Integer>> streamed = new TreeMap<>();
        GenerationResult result = GENERATOR.generate(GenerationRequest.of(PROMPT, length(strategy, 30))
                .withListener((sequence, token) -> streamed.computeIfAbsent(sequence, _ -> new ArrayList<>())
                        .add(token)));
        for (Map.Entry<Integer, List<Integer>> entry : streamed.entrySet()) {
            int[] tokens = result.sequences().get(entry.getKey()).tokens();
            assertThat(entry.getValue())
                    .containsExactlyElementsOf(Arrays.stream(tokens).boxed().toList());
        }
        boolean beams = strategy.numBeams() > 1;
        assertThat(streamed).hasSize(beams ? 1 : strategy.numReturnSequences());
    }

    @Test
    void beamsStreamWhatTheyAgreeOnBeforeTheEnd() {
        GenerationConfig config = GenerationConfig.builder()
                .numBeams(3)
                .maxNewTokens(40)
                .eosTokenId()
                .build();
        List<Integer> streamed = new ArrayList<>();
        List<Integer> whenCancelled = new ArrayList<>();
        int[] steps = {0};
        GENERATOR.generate(GenerationRequest.of(PROMPT, config)
                .withListener((sequence, token) -> streamed.add(token))
                .withCancellation(() -> {
                    if (steps[0]++ == 30) {
                        whenCancelled.addAll(streamed);
                    }
                    return false;
                }));
        assertThat(whenCancelled).isNotEmpty();
        assertThat(streamed).hasSize(40).startsWith(whenCancelled.toArray(Integer[]::new));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void cancellationEndsTheReplyWithTheTokensSoFar(GenerationConfig strategy) {
        int[] asked = {0};
        GenerationConfig config = length(strategy, 40).toBuilder().eosTokenId().build();
        GenerationResult result =
                GENERATOR.generate(GenerationRequest.of(PROMPT, config).withCancellation(() -> asked[0]++ >= 4));
        assertThat(asked[0]).isEqualTo(5);
        GeneratedSequence sequence = result.sequence();
        assertThat(sequence.finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(sequence.tokens().length).isBetween(4, 25);
        assertThat(GENERATOR.generate(PROMPT, config).sequence().tokens().length)
                .isEqualTo(40);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void noTimeAtAllGivesOneStep(GenerationConfig strategy) {
        GenerationConfig config =
                length(strategy, 40).toBuilder().maxTime(0).eosTokenId().build();
        GeneratedSequence sequence = GENERATOR.generate(PROMPT, config).sequence();
        assertThat(sequence.finishReason()).isEqualTo(FinishReason.TIME);
        assertThat(sequence.tokens().length).isBetween(1, 5);
    }

    private static GenerationConfig length(GenerationConfig strategy, int maxNewTokens) {
        return strategy.toBuilder().maxNewTokens(maxNewTokens).build();
    }
}
