package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.Fixtures;
import dev.confab.engine.generation.logits.Golden;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.TestModels;
import dev.confab.engine.tensor.WeightFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Proposals make replies come sooner, never different. */
final class AssistedSearchTest {
    private static final Gpt2 MODEL = TestModels.load("tiny-a/st-f32");
    private static final Gpt2 COARSE = TestModels.load("tiny-a/st-f32", WeightFormat.BF16);
    private static final Gpt2 OTHER_VOCABULARY = TestModels.load("tiny-b/st-f32");

    @AfterAll
    static void closeModels() {
        MODEL.close();
        COARSE.close();
        OTHER_VOCABULARY.close();
    }

    @Test
    void promptLookupGivesTheRepliesOfGreedySearch() {
        Totals totals = compare(Generator.of(MODEL), GenerationConfig.builder().promptLookupNumTokens(5));
        System.out.println("prompt lookup: " + totals);
        assertThat(totals.accepted).isPositive();
    }

    @Test
    void aDraftModelGivesTheRepliesOfGreedySearch() {
        Totals totals = compare(Generator.of(MODEL).withDraft(COARSE), GenerationConfig.builder());
        System.out.println("draft model: " + totals);
        assertThat(totals.accepted).isGreaterThan(totals.proposed / 2);
    }

    @Test
    void proposalsLeaveProcessorsAndMinimumLengthsAlone() {
        GenerationConfigBuilder config = GenerationConfig.builder()
                .repetitionPenalty(1.3)
                .noRepeatNgramSize(2)
                .minNewTokens(6)
                .badWordsIds(List.of(List.of(34), List.of(82, 220)));
        compare(Generator.of(MODEL).withDraft(COARSE), config);
        compare(Generator.of(MODEL), config.promptLookupNumTokens(3).maxMatchingNgramSize(3));
    }

    @Test
    void aSampledReplyIsTheOneThatTheSameSeedGivesWithoutADraft() {
        GenerationConfigBuilder config = GenerationConfig.builder()
                .doSample(true)
                .temperature(0.8)
                .topK(20)
                .seed(7);
        Totals drafted = compare(Generator.of(MODEL).withDraft(COARSE), config);
        assertThat(drafted.accepted).isGreaterThan(drafted.proposed / 2);
        compare(Generator.of(MODEL), config.promptLookupNumTokens(4));
    }

    @Test
    void aRepliedTextThatQuotesThePromptNeedsFewerPasses() {
        // The tiny model loops on this prompt, so what it says next has been said before.
        GenerationConfig config = GenerationConfig.builder()
                .maxNewTokens(40)
                .eosTokenId()
                .promptLookupNumTokens(8)
                .build();
        int[] prompt = {220, 222, 220, 222, 220, 222, 220, 222};
        GenerationResult result = Generator.of(MODEL).generate(prompt, config);
        assertThat(result.draftTokensProposed()).isPositive();
        assertThat(result.draftTokensAccepted()).isBetween(1, result.draftTokensProposed());
    }

    @Test
    void aSessionReusesThePastAcrossAssistedTurns() {
        GenerationConfig config = GenerationConfig.builder()
                .maxNewTokens(12)
                .eosTokenId()
                .promptLookupNumTokens(4)
                .build();
        int[] first = {35, 78, 322, 386};
        try (Session session = Generator.of(MODEL).newSession()) {
            int[] reply = session.generate(first, config).sequence().tokens();
            int[] second = concat(concat(first, reply), new int[] {484, 469});
            GenerationResult result = session.generate(second, config);
            assertThat(result.promptTokensReused()).isEqualTo(first.length + reply.length - 1);
            assertThat(result.sequence().tokens())
                    .isEqualTo(Generator.of(MODEL)
                            .generate(second, config)
                            .sequence()
                            .tokens());
        }
    }

    @Test
    void aDraftOfAnotherVocabularyIsRefusedWithBothSizes() {
        Generator generator = Generator.of(MODEL).withDraft(OTHER_VOCABULARY);
        assertThatThrownBy(() -> generator.generate(new int[] {1}, GenerationConfig.empty()))
                .isInstanceOf(GenerationException.class)
                .hasMessageContaining("777")
                .hasMessageContaining("512");
    }

    @Test
    void proposalsWithBeamsAreRefused() {
        GenerationConfig beams = GenerationConfig.builder().numBeams(2).build();
        assertThatThrownBy(() -> Generator.of(MODEL).withDraft(COARSE).generate(new int[] {1}, beams))
                .hasMessageContaining("a draft model works with greedy search and sampling only");
        assertThatThrownBy(() -> Generator.of(MODEL)
                        .generate(
                                new int[] {1},
                                beams.toBuilder().promptLookupNumTokens(2).build()))
                .hasMessageContaining("prompt_lookup_num_tokens works with greedy search and sampling only");
    }

    private static Totals compare(Generator assisted, GenerationConfigBuilder options) {
        GenerationConfig config = options.maxLength(90).build();
        GenerationConfig plain = config.toBuilder()
                .unset(GenerationOption.PROMPT_LOOKUP_NUM_TOKENS)
                .build();
        var totals = new Totals();
        for (int[] prompt : prompts()) {
            GenerationResult result = assisted.generate(prompt, config);
            assertThat(result.sequence().tokens())
                    .as("%s after %s", config, Arrays.toString(prompt))
                    .isEqualTo(Generator.of(MODEL)
                            .generate(prompt, plain)
                            .sequence()
                            .tokens());
            totals.prompts++;
            totals.tokens += result.sequence().tokens().length;
            totals.proposed += result.draftTokensProposed();
            totals.accepted += result.draftTokensAccepted();
        }
        return totals;
    }

    /** The golden chats' texts, and random ones, with and without repetitions. */
    private static List<int[]> prompts() {
        List<int[]> prompts = new ArrayList<>();
        for (JsonNode chat : Fixtures.golden("chat-tiny-a").get("chats")) {
            JsonNode turn = chat.get("turns").get(0);
            prompts.add(Golden.ints(turn.get("user_ids")));
        }
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        for (int i = 0; i < 40; i++) {
            int distinct = i % 2 == 0 ? 512 : 6;
            prompts.add(random.ints(1 + random.nextInt(60), 0, distinct).toArray());
        }
        return prompts;
    }

    private static int[] concat(int[] left, int[] right) {
        int[] joined = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, joined, left.length, right.length);
        return joined;
    }

    private static final class Totals {
        private int prompts;
        private int tokens;
        private int proposed;
        private int accepted;

        @Override
        public String toString() {
            return prompts + " prompts, " + tokens + " tokens, " + accepted + " of " + proposed + " proposals accepted";
        }
    }
}
