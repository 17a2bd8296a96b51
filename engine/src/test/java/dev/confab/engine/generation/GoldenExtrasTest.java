package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.Fixtures;
import dev.confab.engine.generation.logits.Golden;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.TestModels;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Stop strings, and the likelihood of given replies, against transformers 4.45.1. */
final class GoldenExtrasTest {
    private static final Gpt2 MODEL = TestModels.load("tiny-a/st-f32");

    @AfterAll
    static void closeModel() {
        MODEL.close();
    }

    @Test
    void everyStopStringEndsTheReplyWhereTheReferenceEndsIt() {
        Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer("small512"));
        Generator generator = Generator.of(MODEL).withTokenizer(() -> tokenizer);
        JsonNode cases = Fixtures.golden("extra-tiny-a").get("stop_strings").get("cases");
        for (JsonNode golden : cases) {
            int[] prompt = Golden.ints(golden.get("input_ids"));
            String[] stops = golden.get("stop_strings")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toArray(String[]::new);
            GenerationConfig config = GenerationConfig.builder()
                    .maxNewTokens(20)
                    .eosTokenId()
                    .stopStrings(stops)
                    .build();
            GeneratedSequence reply = generator.generate(prompt, config).sequence();
            int[] expected = Golden.ints(golden.get("sequence"));
            assertThat(reply.tokens())
                    .as("%s", golden.get("stop_strings"))
                    .isEqualTo(Arrays.copyOfRange(expected, prompt.length, expected.length));
            assertThat(reply.finishReason()).isEqualTo(FinishReason.STOP);
        }
        System.out.println("golden stop string cases: " + cases.size());
        assertThat(cases).hasSize(8);
    }

    @Test
    void stopStringsWithoutATokenizerAreRefused() {
        GenerationConfig config = GenerationConfig.builder().stopStrings("x").build();
        assertThatThrownBy(() -> Generator.of(MODEL).generate(new int[] {1}, config))
                .hasMessage("stop_strings is [x]; it must be unset for a generator without a tokenizer, which has no"
                        + " text to search");
    }

    @Test
    void everyReplyIsAsLikelyAsInTheReference() {
        JsonNode cases = Fixtures.golden("extra-tiny-a").get("scoring");
        for (JsonNode golden : cases) {
            double[] actual = Generator.of(MODEL)
                    .logProbabilities(Golden.ints(golden.get("context_ids")), Golden.ints(golden.get("reply_ids")));
            JsonNode expected = golden.get("token_logprobs_f64");
            assertThat(actual).hasSize(expected.size());
            for (int i = 0; i < actual.length; i++) {
                assertThat(actual[i]).isCloseTo(expected.get(i).asDouble(), within(1e-4));
            }
        }
        System.out.println("golden scoring cases: " + cases.size());
        assertThat(cases.size()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void aLongContinuationIsScoredAsItsTokensAreOneByOne() {
        int[] text = new int[120];
        Arrays.setAll(text, i -> (37 * i + 11) % 512);
        int[] context = Arrays.copyOf(text, 5);
        double[] whole = Generator.of(MODEL).logProbabilities(context, Arrays.copyOfRange(text, 5, 120));
        for (int i : new int[] {0, 1, 63, 64, 65, 114}) {
            double[] one = Generator.of(MODEL).logProbabilities(Arrays.copyOf(text, 5 + i), new int[] {text[5 + i]});
            assertThat(whole[i]).isCloseTo(one[0], within(1e-4));
        }
    }

    @Test
    void aContinuationBeyondTheModelsPositionsIsRefusedWithBothNumbers() {
        assertThatThrownBy(() -> Generator.of(MODEL).logProbabilities(new int[100], new int[30]))
                .isInstanceOf(GenerationException.class)
                .hasMessageContaining("130 tokens")
                .hasMessageContaining("128 positions");
    }
}
