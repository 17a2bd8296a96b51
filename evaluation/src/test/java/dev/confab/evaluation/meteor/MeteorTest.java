package dev.confab.evaluation.meteor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MeteorTest {
    @Test
    void tokensAreThoseThatMeteorCounts() {
        assertThat(MeteorTokenizer.tokenize("I don't like the well-known \u201CU.S.\u201D shows..."))
                .containsExactly("i", "don", "'t", "like", "the", "well", "known", "\"", "us", "\"", "shows", "...");
        assertThat(MeteorTokenizer.tokenize("It costs $1,234.56, etc. and Mr. Smith left. Bye!"))
                .containsExactly(
                        "it", "costs", "$", "1,234.56", ",", "etc.", "and", "mr.", "smith", "left", ".", "bye", "!");
    }

    @Test
    void wordsShareMeaningsThroughTheirForms() {
        WordNet wordNet = WordNet.instance();

        assertThat(wordNet.meanings("cars")).containsAnyOf(wordNet.meanings("automobile"));
        assertThat(wordNet.meanings("went")).containsAnyOf(wordNet.meanings("travelling"));
        assertThat(wordNet.meanings("bigger")).containsAnyOf(wordNet.meanings("large"));
        assertThat(wordNet.meanings("cat")).doesNotContain(wordNet.meanings("dog"));
        assertThat(wordNet.meanings("qwxyz")).isEmpty();
    }

    @Test
    void aMatchIsWorthWhatItsStageSays() {
        assertThat(score("car", "car")).isEqualTo(1);
        assertThat(score("automobile", "car")).isLessThan(score("cars", "cars"));
        assertThat(score("automobile", "car")).isGreaterThan(score("walking", "walk"));
        assertThat(score("stone", "car")).isZero();
        assertThat(score("", "car")).isZero();
    }

    @Test
    void matchesInOnePieceScoreMoreThanScatteredOnes() {
        assertThat(score("big dogs bark loudly", "big dogs bark loudly today"))
                .isGreaterThan(score("loudly dogs big bark", "big dogs bark loudly today"));
    }

    @Test
    void theBestOfSeveralReferencesCounts() {
        assertThat(new Meteor()
                        .count("yes please", List.of("no", "yes please", "yes"))
                        .score())
                .isEqualTo(1);
    }

    private static double score(String reply, String reference) {
        return new Meteor().count(reply, List.of(reference)).score();
    }
}
