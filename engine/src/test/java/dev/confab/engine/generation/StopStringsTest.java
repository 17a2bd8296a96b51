package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StopStringsTest {
    private static final Tokenizer TOKENIZER = Tokenizer.load(Fixtures.tokenizer("small512"));

    @Test
    void aStopStringIsFoundWithTheTokenThatCompletesIt() {
        assertThat(firstEnd("how are you? fine", "you?")).isEqualTo("how are you?");
        assertThat(firstEnd("how are you? fine", "u? f")).isEqualTo("how are you? f");
    }

    @Test
    void aStopStringMayEndInsideAToken() {
        int[] ids = TOKENIZER.encode("very");
        assertThat(ids.length).isLessThan(4);
        assertThat(firstEnd("a very", "a ve")).isEqualTo("a very");
    }

    @Test
    void aCharacterOfSeveralTokensIsFoundWithItsLast() {
        assertThat(TOKENIZER.encode("\u00e9\ud83d\ude00").length).isGreaterThan(3);
        assertThat(firstEnd("a\u00e9\ud83d\ude00b", "\ud83d\ude00")).isEqualTo("a\u00e9\ud83d\ude00");
        assertThat(firstEnd("a\u00e9b", "\u00e9")).isEqualTo("a\u00e9");
    }

    @Test
    void whatEndedBeforeTheLastTokenDoesNotCountAgain() {
        int[] ids = TOKENIZER.encode("stop it now");
        var sequence = new TokenSequence(ids);
        assertThat(new StopStrings(List.of("stop"), TOKENIZER).endsIn(sequence)).isFalse();
        assertThat(new StopStrings(List.of("stop", "now"), TOKENIZER).endsIn(sequence))
                .isTrue();
    }

    /** The text up to the first token with which the stop string is found. */
    private static String firstEnd(String text, String stop) {
        int[] ids = TOKENIZER.encode(text);
        var stops = new StopStrings(List.of(stop), TOKENIZER);
        var sequence = new TokenSequence(Arrays.copyOf(ids, 1));
        for (int i = 1; i < ids.length; i++) {
            sequence.add(ids[i]);
            if (stops.endsIn(sequence)) {
                return TOKENIZER.decode(Arrays.copyOf(ids, i + 1));
            }
        }
        return "not found";
    }
}
