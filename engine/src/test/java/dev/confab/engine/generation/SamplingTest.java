package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.TestModels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class SamplingTest {
    private static final Gpt2 MODEL = TestModels.load("tiny-a/st-f32");
    private static final Generator GENERATOR = Generator.of(MODEL);
    private static final int[] PROMPT = {35, 78, 322, 386};

    @AfterAll
    static void closeModel() {
        MODEL.close();
    }

    @Test
    void theSameSeedGivesTheSameReplyAndAnotherSeedAnother() {
        int[] first = sample(1).sequence().tokens();
        assertThat(sample(1).sequence().tokens()).isEqualTo(first);
        assertThat(sample(2).sequence().tokens()).isNotEqualTo(first);
    }

    @Test
    void withoutASeedRepliesDiffer() {
        GenerationConfig config = GenerationConfig.builder()
                .doSample(true)
                .maxNewTokens(20)
                .eosTokenId()
                .build();
        Set<String> replies = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            replies.add(GENERATOR.generate(PROMPT, config).sequence().toString());
        }
        assertThat(replies).hasSizeGreaterThan(1);
    }

    @Test
    void theRandomNumbersOfASeedAreThoseOfJavasDocumentedGenerator() {
        UniformSource uniforms = UniformSource.seeded(42, 0);
        assertThat(new double[] {uniforms.next(), uniforms.next(), uniforms.next()})
                .containsExactly(0.6964138702129775, 0.6709997082364175, 0.7075243539515337);
    }

    @Test
    void givenNumbersAreDrawnWithAndMustSuffice() {
        GenerationConfig config = GenerationConfig.builder()
                .doSample(true)
                .maxNewTokens(3)
                .eosTokenId()
                .build();
        GenerationRequest request = GenerationRequest.of(PROMPT, config);
        assertThat(GENERATOR
                        .generate(request.withUniforms(UniformSource.of(0, 0.5, 0.9)))
                        .sequence()
                        .tokens())
                .hasSize(3);
        assertThatThrownBy(() -> GENERATOR.generate(request.withUniforms(UniformSource.of(0, 0.5))))
                .hasMessage("the 2 uniform numbers are used up; give one for each token of each sequence");
    }

    @Test
    void theSequencesOfOnePromptDifferAndTheFirstIsTheOneThatIsGivenAlone() {
        GenerationConfig one = GenerationConfig.builder()
                .doSample(true)
                .maxNewTokens(12)
                .seed(9)
                .build();
        GenerationConfig three = one.toBuilder().numReturnSequences(3).build();
        List<GeneratedSequence> sequences = GENERATOR.generate(PROMPT, three).sequences();
        assertThat(sequences.stream().map(GeneratedSequence::toString).distinct())
                .hasSize(3);
        assertThat(sequences.getFirst().tokens())
                .isEqualTo(GENERATOR.generate(PROMPT, one).sequence().tokens());
    }

    @Test
    void aBatchGivesEachPromptWhatItGetsAlone() {
        List<GenerationRequest> requests = new ArrayList<>();
        for (GenerationConfig strategy : StreamingTest.strategies()) {
            GenerationConfig config = strategy.toBuilder().maxNewTokens(9).build();
            requests.add(GenerationRequest.of(PROMPT, config));
            requests.add(GenerationRequest.of(new int[] {5, 300, 17, 8, 9, 9, 9}, config));
        }
        List<GenerationResult> together = GENERATOR.generateAll(requests);
        for (int i = 0; i < requests.size(); i++) {
            GenerationResult alone = GENERATOR.generate(requests.get(i));
            assertThat(together.get(i).sequence().tokens())
                    .isEqualTo(alone.sequence().tokens());
        }
    }

    @Test
    void tokensAreDrawnAsOftenAsTheirProbabilitiesSay() {
        float[] scores = {0, (float) Math.log(3), Float.NEGATIVE_INFINITY, (float) Math.log(4)};
        TokenChooser chooser = new TokenChooser.Sampling(UniformSource.seeded(11, 0));
        int[] counts = new int[4];
        for (int i = 0; i < 80_000; i++) {
            counts[chooser.choose(scores)]++;
        }
        assertThat(counts[0]).isCloseTo(10_000, within(400));
        assertThat(counts[1]).isCloseTo(30_000, within(600));
        assertThat(counts[2]).isZero();
        assertThat(counts[3]).isCloseTo(40_000, within(600));
    }

    @Test
    void theFirstIdWhoseCumulativeProbabilityExceedsTheNumberIsTaken() {
        float[] halves = {0, 0};
        assertThat(TokenChooser.Sampling.choose(halves, 0)).isZero();
        assertThat(TokenChooser.Sampling.choose(halves, 0.4999)).isZero();
        assertThat(TokenChooser.Sampling.choose(halves, 0.5)).isEqualTo(1);
        assertThat(TokenChooser.Sampling.choose(halves, Math.nextDown(1.0))).isEqualTo(1);
    }

    @Test
    void beamSamplingIsReproducibleAndDrawsFromAllBeams() {
        GenerationConfig config = GenerationConfig.builder()
                .doSample(true)
                .numBeams(3)
                .numReturnSequences(3)
                .maxNewTokens(10)
                .seed(5)
                .build();
        GenerationResult result = GENERATOR.generate(PROMPT, config);
        assertThat(result.sequences()).hasSize(3);
        assertThat(result.sequences().toString())
                .isEqualTo(GENERATOR.generate(PROMPT, config).sequences().toString());
        GenerationConfig other = config.toBuilder().seed(6).build();
        assertThat(GENERATOR.generate(PROMPT, other).sequences().toString())
                .isNotEqualTo(result.sequences().toString());
        assertThat(result.sequences())
                .extracting(GeneratedSequence::score)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void beamSamplingWithFewerPossibleTokensThanPlacesStillEnds() {
        GenerationConfig config = GenerationConfig.builder()
                .doSample(true)
                .numBeams(4)
                .topK(1)
                .maxNewTokens(5)
                .seed(5)
                .build();
        assertThat(GENERATOR.generate(PROMPT, config).sequence().tokens()).isNotEmpty();
    }

    private static GenerationResult sample(long seed) {
        return GENERATOR.generate(
                PROMPT,
                GenerationConfig.builder()
                        .doSample(true)
                        .maxNewTokens(20)
                        .eosTokenId()
                        .seed(seed)
                        .build());
    }
}
