package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.TestModels;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Guidance where the golden cases do not look: with beams, and without effect. */
final class GuidanceTest {
    private static final Gpt2 MODEL = TestModels.load("tiny-a/st-f32");
    private static final Generator GENERATOR = Generator.of(MODEL);
    private static final int[] PROMPT = {125, 127, 437, 445, 494, 310};
    private static final int[] NEGATIVE = {7, 8, 9};

    @AfterAll
    static void closeModel() {
        MODEL.close();
    }

    @Test
    void aBeamsScoreIsMadeOfItsLikelihoodsAfterBothPrompts() {
        double scale = 1.5;
        GenerationConfig config = GenerationConfig.builder()
                .guidanceScale(scale)
                .numBeams(3)
                .numReturnSequences(3)
                .maxNewTokens(8)
                .eosTokenId()
                .build();
        GenerationResult result =
                GENERATOR.generate(GenerationRequest.of(PROMPT, config).withNegativePrompt(NEGATIVE));
        assertThat(result.sequences()).hasSize(3);
        for (GeneratedSequence sequence : result.sequences()) {
            double with = sum(GENERATOR.logProbabilities(PROMPT, sequence.tokens()));
            double without = sum(GENERATOR.logProbabilities(NEGATIVE, sequence.tokens()));
            double expected = (scale * (with - without) + without) / sequence.tokens().length;
            assertThat(sequence.score()).isCloseTo(expected, within(1e-4));
        }
    }

    @Test
    void aScaleOfOneChangesNothing() {
        GenerationConfig plain = GenerationConfig.builder().maxNewTokens(10).build();
        GenerationConfig guided = plain.toBuilder().guidanceScale(1).build();
        assertThat(GENERATOR.generate(PROMPT, guided).sequence().tokens())
                .isEqualTo(GENERATOR.generate(PROMPT, plain).sequence().tokens());
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }
}
