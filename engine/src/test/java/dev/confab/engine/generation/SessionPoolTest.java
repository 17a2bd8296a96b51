package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.TestModels;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class SessionPoolTest {
    private static final Gpt2 MODEL = TestModels.load("tiny-a/st-f32");
    private static final Generator GENERATOR = Generator.of(MODEL);
    private static final int[] PROMPT = IntStream.range(0, 20).toArray();

    @AfterAll
    static void closeModel() {
        MODEL.close();
    }

    @Test
    void aSecondTurnReadsOnlyItsNewTokens() {
        try (var pool = new SessionPool(GENERATOR, 4)) {
            GenerationResult first = generate(pool, PROMPT, 10);
            int[] second = followed(PROMPT, first, 5, 6, 7);
            GenerationResult next = generate(pool, second, 10);

            assertThat(first.promptTokensComputed()).isEqualTo(20);
            // The last token of a reply has not been read when the reply ends.
            assertThat(next.promptTokensComputed()).isEqualTo(1 + 3);
            assertThat(next.promptTokensReused()).isEqualTo(29);
            assertSaysTheSame(next, second, 10);
            assertThat(pool.size()).isEqualTo(1);
        }
    }

    @Test
    void twoConversationsWithTheSameBeginningKeepBothTheirs() {
        try (var pool = new SessionPool(GENERATOR, 4)) {
            GenerationResult first = generate(pool, PROMPT, 40);
            int[] other = IntStream.concat(Arrays.stream(PROMPT), IntStream.of(90, 91, 92))
                    .toArray();
            GenerationResult second = generate(pool, other, 40);
            assertThat(second.promptTokensReused()).isEqualTo(20);
            assertSaysTheSame(second, other, 40);
            assertThat(pool.size()).isEqualTo(2);

            int[] longer = followed(PROMPT, first, 9);
            GenerationResult third = generate(pool, longer, 5);
            assertThat(third.promptTokensReused()).isEqualTo(59);
            assertSaysTheSame(third, longer, 5);
            int[] longerOther = followed(other, second, 9);
            assertThat(generate(pool, longerOther, 5).promptTokensReused()).isEqualTo(62);
        }
    }

    @Test
    void theColdestIsForgottenWhereThereAreTooMany() {
        try (var pool = new SessionPool(GENERATOR, 2)) {
            for (int i = 0; i < 3; i++) {
                generate(pool, new int[] {100 + i, 7, 8, 9}, 4);
            }
            assertThat(pool.size()).isEqualTo(2);
            assertThat(generate(pool, new int[] {100, 7, 8, 9}, 4).promptTokensReused())
                    .isZero();
            assertThat(generate(pool, new int[] {102, 7, 8, 9}, 4).promptTokensReused())
                    .isEqualTo(3);
        }
        assertThat(MODEL.keyValueBytes()).isZero();
    }

    @Test
    void shortMemoryIsGivenToWhoNeedsIt() {
        try (Gpt2 model = TestModels.loadWithMemory("tiny-a/st-f32", 0);
                var pool = new SessionPool(Generator.of(model), 100)) {
            for (int i = 0; i < 6; i++) {
                int[] prompt = new int[60];
                Arrays.fill(prompt, i);
                assertThat(generate(pool, prompt, 30).sequence().length()).isEqualTo(30);
            }
            assertThat(pool.size()).isBetween(1, 2);
        }
    }

    private static GenerationResult generate(SessionPool pool, int[] prompt, int newTokens) {
        return pool.generate(GenerationRequest.of(prompt, config(newTokens)));
    }

    private static void assertSaysTheSame(GenerationResult result, int[] prompt, int newTokens) {
        assertThat(result.sequence().tokens())
                .isEqualTo(
                        GENERATOR.generate(prompt, config(newTokens)).sequence().tokens());
    }

    private static GenerationConfig config(int newTokens) {
        return GenerationConfig.builder().maxNewTokens(newTokens).eosTokenId().build();
    }

    private static int[] followed(int[] prompt, GenerationResult reply, int... more) {
        IntStream said = Arrays.stream(reply.sequence().tokens());
        return IntStream.concat(IntStream.concat(Arrays.stream(prompt), said), Arrays.stream(more))
                .toArray();
    }
}
