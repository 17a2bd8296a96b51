package dev.confab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.ModelOptions;
import dev.confab.engine.Tokens;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tensor.WeightFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class DialoguePerplexityTest {
    private static final LanguageModel MODEL = load("tiny-a/st-f32");
    private static final List<String> DIALOGUE =
            List.of("Does money buy happiness?", "Depends how much money you spend on it.", "What is the best way?");

    private static LanguageModel load(String name) {
        return LanguageModel.load(
                Fixtures.model(name).toString(),
                ModelOptions.defaults().withWeights(WeightFormat.F32).withWeightCacheBytes(0));
    }

    @AfterAll
    static void closeModel() {
        MODEL.close();
    }

    @Test
    void lossesAreThoseOfTheReference() {
        List<String> failures = new ArrayList<>();
        int cases = 0;
        for (String name : List.of("tiny-a", "tiny-b", "tiny-g")) {
            try (LanguageModel model = load(name + "/st-f32")) {
                for (JsonNode golden : Fixtures.golden("logits-" + name).get("loss")) {
                    try (var meter = new LossMeter(model.model())) {
                        rows(golden).forEach(meter::add);
                        meter.finish();
                        double loss = meter.sum() / meter.tokens();
                        double expected = golden.get("loss_f64").doubleValue();
                        if (!(Math.abs(loss - expected) < 1e-4)) {
                            failures.add(name + " " + cases + ": " + loss + ", expected " + expected);
                        }
                        cases++;
                    }
                }
            }
        }
        System.out.println("golden losses: " + cases + " cases");
        assertThat(failures).isEmpty();
        assertThat(cases).isGreaterThanOrEqualTo(9);
    }

    /** The rows of a golden batch, whose labels of -100 are at the beginning, and at the end where there is padding. */
    private static List<TokenRow> rows(JsonNode golden) {
        List<TokenRow> rows = new ArrayList<>();
        for (int r = 0; r < golden.get("input_ids").size(); r++) {
            int[] labels = ints(golden.get("labels").get(r));
            int end = labels.length;
            while (labels[end - 1] == -100) {
                end--;
            }
            int first = 0;
            while (labels[first] == -100) {
                first++;
            }
            int[] tokens = Arrays.copyOf(ints(golden.get("input_ids").get(r)), end);
            rows.add(new TokenRow(tokens, Math.max(1, first)));
        }
        return rows;
    }

    private static int[] ints(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::intValue).toArray();
    }

    @Test
    void theTokensThatCountAreThoseOfTheTurnsAskedFor() {
        int first = turn(DIALOGUE.get(0)).length;
        int second = turn(DIALOGUE.get(1)).length;
        int third = turn(DIALOGUE.get(2)).length;

        assertThat(measure(ScoredTurns.ALL, DIALOGUE).tokens()).isEqualTo(first + second + third - 1);
        assertThat(measure(ScoredTurns.REPLIES, DIALOGUE).tokens()).isEqualTo(second + third);
        assertThat(measure(ScoredTurns.LAST, DIALOGUE).tokens()).isEqualTo(third);
    }

    @Test
    void theLossOfARepliesTokensIsThatOfThemOneByOne() {
        int[] context = Tokens.concat(turn(DIALOGUE.get(0)), turn(DIALOGUE.get(1)));
        int[] reply = turn(DIALOGUE.get(2));
        double expected = 0;
        for (double logProbability : MODEL.generator().logProbabilities(context, reply)) {
            expected -= logProbability / reply.length;
        }

        Perplexity measured = measure(ScoredTurns.LAST, DIALOGUE);
        assertThat(measured.loss()).isCloseTo(expected, within(1e-5));
        assertThat(measured.perplexity()).isCloseTo(Math.exp(expected), within(1e-2));
    }

    @Test
    void manyDialoguesTogetherAreReadAsEachByItself() {
        List<List<String>> dialogues = new ArrayList<>();
        double sum = 0;
        long tokens = 0;
        for (int i = 0; i < 60; i++) {
            List<String> dialogue = List.of("Number " + i, "and ".repeat(i % 7) + "so on.", "Yes, " + i * i);
            dialogues.add(dialogue);
            Perplexity alone = measure(ScoredTurns.REPLIES, dialogue);
            sum += alone.loss() * alone.tokens();
            tokens += alone.tokens();
        }
        try (var together = new DialoguePerplexity(MODEL, ScoredTurns.REPLIES)) {
            dialogues.forEach(together::add);
            assertThat(together.result().tokens()).isEqualTo(tokens).isGreaterThan(512);
            assertThat(together.result().loss()).isCloseTo(sum / tokens, within(1e-5));
        }
    }

    @Test
    void whatIsLongerThanTheModelIsCutBetweenTurnsAndEveryTokenCountsOnce() {
        List<int[]> turns = List.of(new int[5], new int[6], new int[4], new int[9], new int[3], new int[10]);

        List<TokenRow> rows = TokenRow.cut(turns, 5, 15);
        assertThat(rows).extracting(row -> row.tokens().length).containsExactly(15, 13, 12, 13);
        assertThat(rows).extracting(TokenRow::firstScored).containsExactly(5, 4, 9, 3);
        int scored = rows.stream()
                .mapToInt(row -> row.tokens().length - row.firstScored())
                .sum();
        assertThat(scored).isEqualTo(32);
    }

    @Test
    void aTurnBeforeThatDoesNotFitIsNotShownAgain() {
        List<TokenRow> rows = TokenRow.cut(List.of(new int[9], new int[9]), 9, 12);

        assertThat(rows).extracting(row -> row.tokens().length).containsExactly(9);
        assertThat(rows).extracting(TokenRow::firstScored).containsExactly(1);
    }

    @Test
    void aTurnLongerThanTheModelLosesItsEnd() {
        String tooLong = "word ".repeat(200);
        try (var perplexity = new DialoguePerplexity(MODEL, ScoredTurns.ALL)) {
            perplexity.add(List.of("Hi!", tooLong, "Well."));
            assertThat(perplexity.shortenedTurns()).isEqualTo(1);
            int expected = turn("Hi!").length - 1 + MODEL.config().positions() - 1 + turn("Well.").length - 1;
            assertThat(perplexity.result().tokens()).isEqualTo(expected);
        }
    }

    @Test
    void nothingToPredictIsRefused() {
        assertThatThrownBy(() -> measure(ScoredTurns.REPLIES, List.of("Alone.")))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("no token to predict");
        assertThatThrownBy(() -> ScoredTurns.of("some"))
                .hasMessage("unknown choice of turns 'some'; choose from all, replies, last");
    }

    private static Perplexity measure(ScoredTurns scored, List<String> dialogue) {
        try (var perplexity = new DialoguePerplexity(MODEL, scored)) {
            perplexity.add(dialogue);
            return perplexity.result();
        }
    }

    private static int[] turn(String text) {
        return MODEL.tokenizer().encode(text + MODEL.tokenizer().eosToken());
    }
}
