package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.TestModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What other engines on the JVM get wrong in generation, one test each. */
final class PeerFaultsTest {
    private static final Gpt2 MODEL = TestModels.load("tiny-a/st-f32");
    private static final Generator GENERATOR = Generator.of(MODEL);

    @AfterAll
    static void closeModel() {
        MODEL.close();
    }

    @Test
    void aReplyWhoseFirstTokenEndsItIsThatTokenAlone() {
        int[] prompt = {5, 300, 17};
        int first = GENERATOR
                .generate(prompt, config().maxNewTokens(1).build())
                .sequence()
                .tokens()[0];
        for (GenerationConfigBuilder mode : List.of(
                config(), config().numBeams(3).earlyStopping(EarlyStopping.TRUE), config().promptLookupNumTokens(2))) {
            GeneratedSequence reply = GENERATOR
                    .generate(prompt, mode.maxNewTokens(20).eosTokenId(first).build())
                    .sequence();
            assertThat(reply.tokens()).containsExactly(first);
            assertThat(reply.finishReason()).isEqualTo(FinishReason.EOS);
        }
    }

    @Test
    void nothingIsPutBeforeThePrompt() {
        // One more token in front would change the likeliest next one of this model.
        int[] prompt = {5, 300, 17};
        int[] withStart = {511, 5, 300, 17};
        assertThat(GENERATOR
                        .generate(prompt, config().maxNewTokens(8).build())
                        .sequence()
                        .tokens())
                .startsWith(191, 357, 233)
                .isNotEqualTo(GENERATOR
                        .generate(withStart, config().maxNewTokens(8).build())
                        .sequence()
                        .tokens());
    }

    @Test
    void twoGenerationsAtOnceDoNotDisturbEachOther() throws Exception {
        List<int[]> prompts = new ArrayList<>();
        List<int[]> expected = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int[] prompt = new int[3 + i];
            int offset = i;
            Arrays.setAll(prompt, position -> (position * 71 + offset * 13) % 512);
            prompts.add(prompt);
            expected.add(GENERATOR
                    .generate(prompt, config().maxNewTokens(20).build())
                    .sequence()
                    .tokens());
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<int[]>> replies = new ArrayList<>();
            for (int[] prompt : prompts) {
                replies.add(threads.submit(() -> {
                    try (Session session = GENERATOR.newSession()) {
                        return session.generate(
                                        prompt, config().maxNewTokens(20).build())
                                .sequence()
                                .tokens();
                    }
                }));
            }
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(replies.get(i).get()).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void aPromptLongerThanTheModelIsRefusedWithBothNumbers() {
        assertThatThrownBy(() -> GENERATOR.generate(
                        new int[129], config().maxNewTokens(5).build()))
                .isInstanceOf(GenerationException.class)
                .hasMessage("the prompt has 129 tokens, but the model has 128 positions; shorten the prompt");
    }

    @Test
    void aPromptOfMaxLengthIsRefusedWithBothNumbersBeforeAnythingIsRead() {
        assertThatThrownBy(() ->
                        GENERATOR.generate(new int[60], config().maxLength(50).build()))
                .hasMessage("the prompt has 60 tokens, but max_length is 50; shorten the prompt, raise max_length or"
                        + " set max_new_tokens");
        assertThat(MODEL.keyValueBytes()).isZero();
    }

    @Test
    void maxLengthCountsThePromptAndMaxNewTokensDoesNot() {
        int[] prompt = new int[30];
        Arrays.fill(prompt, 5);
        GenerationConfigBuilder endless = config().eosTokenId();
        assertThat(GENERATOR
                        .generate(prompt, endless.maxLength(40).build())
                        .sequence()
                        .tokens())
                .hasSize(10);
        assertThat(GENERATOR
                        .generate(prompt, endless.maxNewTokens(40).build())
                        .sequence()
                        .tokens())
                .hasSize(40);
    }

    @Test
    void aFullModelEndsTheReplyAndDoesNotFail() {
        int[] prompt = new int[100];
        Arrays.fill(prompt, 5);
        for (GenerationConfigBuilder mode : List.of(
                config(),
                config().numBeams(3),
                config().penaltyAlpha(0.6).topK(4),
                config().promptLookupNumTokens(6),
                config().guidanceScale(1.5))) {
            GeneratedSequence reply = GENERATOR
                    .generate(prompt, mode.eosTokenId().maxLength(500).build())
                    .sequence();
            assertThat(reply.tokens()).hasSize(29);
            assertThat(reply.finishReason()).isEqualTo(FinishReason.LENGTH);
        }
    }

    @Test
    void temperatureTopKAndPenaltiesHaveTheirEffect() {
        int[] prompt = {5, 300, 17};
        GenerationConfigBuilder sampling =
                config().doSample(true).maxNewTokens(20).seed(1).eosTokenId();
        int[] greedy = GENERATOR
                .generate(prompt, config().maxNewTokens(20).eosTokenId().build())
                .sequence()
                .tokens();
        assertThat(tokens(prompt, sampling.topK(1))).isEqualTo(greedy);
        assertThat(tokens(prompt, sampling.topK(0).temperature(1e-3))).isEqualTo(greedy);
        assertThat(tokens(prompt, sampling.temperature(2))).isNotEqualTo(greedy);
        assertThat(Arrays.stream(tokens(
                        prompt, config().maxNewTokens(30).noRepeatNgramSize(1).eosTokenId())))
                .doesNotHaveDuplicates()
                .doesNotContain(5, 300, 17);
    }

    @Test
    void logProbabilitiesAreTheModelsOwnInEveryStrategy() {
        int[] prompt = {35, 78, 322, 386};
        for (GenerationConfig strategy : StreamingTest.strategies()) {
            GenerationConfig config = strategy.toBuilder()
                    .maxNewTokens(12)
                    .outputScores(true)
                    .repetitionPenalty(1.2)
                    .build();
            GeneratedSequence reply = GENERATOR.generate(prompt, config).sequence();
            double[] expected = GENERATOR.logProbabilities(prompt, reply.tokens());
            assertThat(reply.logProbabilities()).hasSameSizeAs(reply.tokens());
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) reply.logProbabilities()[i]).isCloseTo(expected[i], within(1e-4));
            }
        }
    }

    private static int[] tokens(int[] prompt, GenerationConfigBuilder options) {
        return GENERATOR.generate(prompt, options.build()).sequence().tokens();
    }

    private static GenerationConfigBuilder config() {
        return GenerationConfig.builder();
    }
}
