package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.TestModels;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionTest {
    private static final Gpt2 MODEL = TestModels.load("tiny-a/st-f32");
    private static final Generator GENERATOR = Generator.of(MODEL);
    private static final int[] FIRST = {35, 78, 322, 386, 484, 469, 30};

    @AfterAll
    static void closeModel() {
        MODEL.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void theNextTurnReadsOnlyWhatIsNewAndSaysTheSame(int beams) {
        GenerationConfig config = GenerationConfig.builder()
                .maxNewTokens(10)
                .numBeams(beams)
                .eosTokenId()
                .build();
        try (Session session = GENERATOR.newSession()) {
            GenerationResult first = session.generate(FIRST, config);
            assertThat(first.promptTokensComputed()).isEqualTo(FIRST.length);
            assertThat(first.promptTokensReused()).isZero();
            int[] second = concat(FIRST, first.sequence().tokens(), 419, 291);
            int cached = session.cachedTokens();
            GenerationResult next = session.generate(second, config);
            assertThat(cached).isGreaterThanOrEqualTo(FIRST.length);
            assertThat(next.promptTokensReused()).isEqualTo(cached);
            assertThat(next.promptTokensComputed()).isEqualTo(second.length - cached);
            assertThat(next.sequence().tokens())
                    .isEqualTo(GENERATOR.generate(second, config).sequence().tokens());
        }
    }

    @Test
    void aChangedHistoryIsReusedUpToTheChange() {
        GenerationConfig config = GenerationConfig.builder().maxNewTokens(5).build();
        int[] changed = FIRST.clone();
        changed[4] = 99;
        try (Session session = GENERATOR.newSession()) {
            session.generate(FIRST, config);
            GenerationResult result = session.generate(changed, config);
            assertThat(result.promptTokensReused()).isEqualTo(4);
            assertThat(result.sequence().tokens())
                    .isEqualTo(GENERATOR.generate(changed, config).sequence().tokens());
        }
    }

    @Test
    void theSamePromptAgainReadsOneTokenAndSaysTheSame() {
        GenerationConfig config = GenerationConfig.builder().maxNewTokens(5).build();
        try (Session session = GENERATOR.newSession()) {
            int[] reply = session.generate(FIRST, config).sequence().tokens();
            GenerationResult again = session.generate(FIRST, config);
            assertThat(again.promptTokensComputed()).isEqualTo(1);
            assertThat(again.sequence().tokens()).isEqualTo(reply);
        }
    }

    @Test
    void contrastiveSearchReadsItsWholePromptAndLeavesTheSessionUsable() {
        GenerationConfig greedy = GenerationConfig.builder().maxNewTokens(6).build();
        GenerationConfig contrastive = GenerationConfig.builder()
                .maxNewTokens(6)
                .penaltyAlpha(0.6)
                .topK(4)
                .build();
        try (Session session = GENERATOR.newSession()) {
            session.generate(FIRST, greedy);
            GenerationResult result = session.generate(FIRST, contrastive);
            assertThat(result.promptTokensReused()).isZero();
            assertThat(result.sequence().tokens())
                    .isEqualTo(GENERATOR.generate(FIRST, contrastive).sequence().tokens());
            assertThat(session.generate(FIRST, greedy).sequence().tokens())
                    .isEqualTo(GENERATOR.generate(FIRST, greedy).sequence().tokens());
        }
    }

    @Test
    void aRefusedPromptLeavesTheSessionAsItWas() {
        GenerationConfig config = GenerationConfig.builder().maxNewTokens(5).build();
        try (Session session = GENERATOR.newSession()) {
            session.generate(FIRST, config);
            int cached = session.cachedTokens();
            assertThatThrownBy(() -> session.generate(new int[129], config)).isInstanceOf(GenerationException.class);
            assertThat(session.cachedTokens()).isEqualTo(cached);
        }
    }

    @Test
    void aListenerThatFailsLeavesTheSessionUsable() {
        GenerationConfig config = GenerationConfig.builder().maxNewTokens(5).build();
        try (Session session = GENERATOR.newSession()) {
            assertThatThrownBy(() -> session.generate(FIRST, config, (sequence, token) -> {
                        throw new IllegalStateException("the reader is gone");
                    }))
                    .hasMessage("the reader is gone");
            assertThat(session.generate(FIRST, config).sequence().tokens())
                    .isEqualTo(GENERATOR.generate(FIRST, config).sequence().tokens());
        }
    }

    @Test
    void everyStrategyGivesTheMemoryOfItsCachesBack() {
        long before = MODEL.keyValueBytes();
        for (GenerationConfigBuilder options : new GenerationConfigBuilder[] {
            GenerationConfig.builder(),
            GenerationConfig.builder().doSample(true).numReturnSequences(3),
            GenerationConfig.builder().numBeams(4).numReturnSequences(2),
            GenerationConfig.builder().numBeams(4).doSample(true),
            GenerationConfig.builder().numBeams(4).numBeamGroups(2).diversityPenalty(1),
            GenerationConfig.builder().penaltyAlpha(0.5).topK(4),
            GenerationConfig.builder().guidanceScale(1.5),
            GenerationConfig.builder().promptLookupNumTokens(3),
        }) {
            GENERATOR.generate(FIRST, options.maxNewTokens(8).build());
            assertThat(MODEL.keyValueBytes()).isEqualTo(before);
        }
    }

    private static int[] concat(int[] left, int[] middle, int... right) {
        int[] joined = Arrays.copyOf(left, left.length + middle.length + right.length);
        System.arraycopy(middle, 0, joined, left.length, middle.length);
        System.arraycopy(right, 0, joined, left.length + middle.length, right.length);
        return joined;
    }
}
