package dev.confab.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DialogueEncoderTest {
    private static final Tokenizer TOKENIZER = Tokenizer.load(Fixtures.tokenizer("small512"));
    private static final int EOS = TOKENIZER.eosTokenId();

    @Test
    void everyTurnEndsWithEosAndTheFirstIdIsNotLearned() {
        EncodedExample row = only(encode(64, LossOn.ALL_TURNS, false, "Hi!", "Hello there."));

        assertThat(row.ids()).containsExactly(joined("Hi!", "Hello there."));
        assertThat(row.weights()[0]).isZero();
        assertThat(Arrays.copyOfRange(row.weights(), 1, row.weights().length)).containsOnly(1f);
    }

    @Test
    void onlyTheBotsTurnsAreLearnedWithTheirEos() {
        EncodedExample row = only(encode(64, LossOn.BOT_TURNS, false, "Hi!", "Hello.", "Bye", "See you."));

        assertThat(learned(row)).containsExactly(joined("Hello.", "See you."));
    }

    @Test
    void repliesAreAllTurnsButTheFirst() {
        EncodedExample row = only(encode(64, LossOn.REPLIES, false, "Hi!", "Hello.", "Bye"));

        assertThat(learned(row)).containsExactly(joined("Hello.", "Bye"));
    }

    @Test
    void reversedTurnsKeepTheirInnerOrderAndTeachTheOtherSide() {
        EncodedExample row = only(encode(64, LossOn.BOT_TURNS, true, "How are you?", "I am fine."));

        assertThat(row.ids()).containsExactly(joined("I am fine.", "How are you?"));
        assertThat(learned(row)).containsExactly(joined("How are you?"));
    }

    @Test
    void turnsOfNoWeightAreContextAndAreLeftOutAtTheEnd() {
        var dialogue = new Dialogue(
                List.of(new Turn("one", false, 1), new Turn("two", true, 0.5f), new Turn("three", false, 0)));
        EncodedExample row = only(encoder(64, LossOn.REPLIES, false).encode(dialogue));

        assertThat(row.ids()).containsExactly(joined("one", "two"));
        assertThat(row.weights()).containsOnly(0f, 0.5f);
    }

    @Test
    void aDialogueWithNothingToLearnGivesNoRow() {
        assertThat(encode(64, LossOn.BOT_TURNS, false, "Is anybody there?")).isEmpty();
    }

    @Test
    void aLongDialogueIsCutBetweenTurnsAndEachTurnIsLearnedOnce() {
        String[] turns = new String[40];
        Arrays.setAll(turns, t -> "turn number " + t);
        int context = 48;
        List<EncodedExample> rows = encode(context, LossOn.REPLIES, false, turns);

        var learned = new ArrayList<Integer>();
        for (EncodedExample row : rows) {
            assertThat(row.ids()).hasSizeLessThanOrEqualTo(context);
            assertThat(row.ids()[row.ids().length - 1]).isEqualTo(EOS);
            Arrays.stream(learned(row)).forEach(learned::add);
        }
        assertThat(rows).hasSizeGreaterThan(4);
        assertThat(learned.stream().mapToInt(Integer::intValue).toArray())
                .containsExactly(joined(Arrays.copyOfRange(turns, 1, turns.length)));
    }

    @Test
    void aRowBeginsWithTheTurnsThatFitInTheOverlap() {
        String[] turns = new String[40];
        Arrays.setAll(turns, t -> "turn number " + t);
        EncodedExample second = encode(48, LossOn.ALL_TURNS, false, turns).get(1);

        int context = 0;
        while (second.weights()[context] == 0) {
            context++;
        }
        int whole = joined("turn number 1").length;
        assertThat(context).isGreaterThan(24 - whole - 2).isLessThanOrEqualTo(24);
        assertThat(second.ids()[context - 1]).isEqualTo(EOS);
        assertThat(TOKENIZER.decode(second.ids())).startsWith("turn number ");
    }

    @Test
    void withoutOverlapNothingIsRepeated() {
        String[] turns = new String[40];
        Arrays.setAll(turns, t -> "turn number " + t);
        var dialogue = new Dialogue(
                Arrays.stream(turns).map(text -> new Turn(text, false, 1)).toList());
        var options = new EncodingOptions(48, LossOn.ALL_TURNS, false).withOverlap(0);

        assertThat(new DialogueEncoder(TOKENIZER, options)
                        .encode(dialogue).stream()
                                .flatMapToInt(row -> Arrays.stream(row.ids()))
                                .toArray())
                .containsExactly(joined(turns));
    }

    @Test
    void aTurnThatIsTooLongLosesItsEndAndItsEosAndIsContextByItsEnd() {
        String rambling = "well ".repeat(100) + "so much for that";
        List<EncodedExample> rows = encode(32, LossOn.ALL_TURNS, false, rambling, "Indeed.");

        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().ids()).hasSize(32).doesNotContain(EOS);
        assertThat(TOKENIZER.decode(rows.getLast().ids())).contains("much for that" + TOKENIZER.eosToken() + "Indeed.");
        assertThat(learned(rows.getLast())).containsExactly(joined("Indeed."));
    }

    @Test
    void aTurnThatSpellsTheEosTokenDoesNotEndThere() {
        EncodedExample row = only(encode(64, LossOn.ALL_TURNS, false, "say " + TOKENIZER.eosToken() + " please"));

        assertThat(Arrays.stream(row.ids()).filter(id -> id == EOS).count()).isEqualTo(1);
        assertThat(TOKENIZER.decode(row.ids()))
                .isEqualTo("say " + TOKENIZER.eosToken() + " please" + TOKENIZER.eosToken());
    }

    private static DialogueEncoder encoder(int context, LossOn lossOn, boolean reverse) {
        return new DialogueEncoder(TOKENIZER, new EncodingOptions(context, lossOn, reverse).withOverlap(context / 2));
    }

    private static List<EncodedExample> encode(int context, LossOn lossOn, boolean reverse, String... texts) {
        var turns = new ArrayList<Turn>();
        for (int t = 0; t < texts.length; t++) {
            turns.add(new Turn(texts[t], t % 2 == 1, 1));
        }
        return encoder(context, lossOn, reverse).encode(new Dialogue(turns));
    }

    private static EncodedExample only(List<EncodedExample> rows) {
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private static int[] joined(String... turns) {
        return Arrays.stream(turns)
                .flatMapToInt(turn -> IntStream.concat(Arrays.stream(TOKENIZER.encode(turn)), IntStream.of(EOS)))
                .toArray();
    }

    private static int[] learned(EncodedExample row) {
        return IntStream.range(0, row.ids().length)
                .filter(i -> row.weights()[i] > 0)
                .map(i -> row.ids()[i])
                .toArray();
    }
}
