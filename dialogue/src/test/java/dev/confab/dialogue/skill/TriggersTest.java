package dev.confab.dialogue.skill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.error.ConfabException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriggersTest {
    private static final Triggers WEATHER = Triggers.of(
            List.of(
                    "(?:what's|what is) the weather (?:like )?in (?P<place>.+)",
                    "weather(?: (?P<day>today|tomorrow))?"),
            List.of("will it rain in {place} do you think", "how is the weather over in {place}"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What's the weather in Paris? | Paris",
                "what’s the weather like in paris | paris",
                "WHAT IS THE WEATHER IN NEW YORK!! | NEW YORK",
                "hey, can you tell me what's the weather in Rome please? | Rome",
            })
    void aPatternMatchesAWholeSentenceWhateverItsCaseAndPoliteness(String sentence, String place) {
        assertThat(WEATHER.match(sentence)).contains(Map.of("place", place));
    }

    @Test
    void aGroupThatTookNoPartIsNoArgument() {
        assertThat(WEATHER.match("weather")).contains(Map.of());
        assertThat(WEATHER.match("weather tomorrow")).contains(Map.of("day", "tomorrow"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "how is the weather over in Berlin | Berlin",
                "how is the weather in New York City | New York City",
                "will it rain in Oslo do you think | Oslo",
                "and will it rain in Saint Petersburg do you think? | Saint Petersburg",
            })
    void aSentenceThatResemblesAnExampleFillsItsSlots(String sentence, String place) {
        assertThat(WEATHER.match(sentence)).contains(Map.of("place", place));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I asked what's the weather in Paris when I met her and she laughed",
                "it will rain on your parade",
                "how is the weather over in",
                "how is the party over in Berlin going tonight",
                "do you think so",
                "",
                "   ",
                "?!",
            })
    void anythingElseIsLeftAlone(String sentence) {
        assertThat(WEATHER.match(sentence)).isEmpty();
    }

    @Test
    void similarityCountsTheWordsThatBothHave() {
        List<String> example = List.of("play some music now");

        assertThat(Triggers.of(List.of(), example, 0.85).match("play some loud music"))
                .isEmpty();
        assertThat(Triggers.of(List.of(), example, 0.8).match("play some loud music"))
                .isPresent();
        assertThat(Triggers.of(List.of(), example, 1).match("play some music now"))
                .isPresent();
    }

    @Test
    void triggersThatCannotBeReadAreRefused() {
        assertThatThrownBy(() -> Triggers.of(List.of("(open"), List.of()))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("the pattern '(open' cannot be read: missing closing )");
        assertThatThrownBy(() -> Triggers.of(List.of("(?=x)"), List.of())).hasMessageContaining("no look-around");
        assertThatThrownBy(() -> Triggers.of(List.of(), List.of("{a} {b} c"))).hasMessageContaining("two slots");
        assertThatThrownBy(() -> Triggers.of(List.of(), List.of("{a}"))).hasMessageContaining("no words");
        assertThatThrownBy(() -> Triggers.of(List.of(), List.of(), 80)).hasMessageContaining("80.0");
    }
}
