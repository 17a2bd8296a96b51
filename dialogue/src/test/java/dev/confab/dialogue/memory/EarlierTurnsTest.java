package dev.confab.dialogue.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EarlierTurnsTest {
    private final EarlierTurns turns = EarlierTurns.of(List.of(
            "My dog is called Rex. What a lovely name!",
            "It rains a lot here. Take an umbrella with you.",
            "I had pasta for dinner. I like pasta too.",
            "Do you like dogs or cats? I like cats."));

    @Test
    void whatSharesUncommonWordsIsFound() {
        assertThat(turns.like("What was the name of my dog?", 1)).containsExactly(0);
        assertThat(turns.like("PASTA or rain?", 3)).contains(2).doesNotContain(0, 3);
    }

    @Test
    void commonWordsFindNothing() {
        assertThat(turns.like("What is it that you would like?", 5)).isEmpty();
        assertThat(turns.like("", 5)).isEmpty();
        assertThat(turns.like("?!*:() AND OR [", 5)).isEmpty();
    }
}
