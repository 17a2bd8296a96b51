package dev.confab.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FallbacksTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Hello!                      | GREETING
            good morning                | GREETING
            How are you?                | QUESTION
            why not                     | QUESTION
            ???                         | QUESTION
            ...                         | SILENCE
            ''                          | SILENCE
            Thank you so much           | THANKS
            I have to go, bye           | FAREWELL
            I bought a boat             | STATEMENT
            Hello, can you help me with my boat? | QUESTION
            """)
    void theKindOfATurnIsSeenFromItsWords(String text, Fallbacks.Kind kind) {
        assertThat(Fallbacks.Kind.of(text)).isEqualTo(kind);
    }

    @ParameterizedTest
    @EnumSource
    void noSentenceIsSaidTwiceRunning(Fallbacks.Kind kind) {
        String previous = "";
        for (int turn = 2; turn < 200; turn += 2) {
            String sentence = Fallbacks.defaults().pick(kind, turn, previous);
            assertThat(sentence).isNotBlank().isNotEqualTo(previous);
            previous = sentence;
        }
    }

    @Test
    void oneSentenceIsNotEnough() {
        assertThatThrownBy(() -> Fallbacks.of(Map.of(Fallbacks.Kind.STATEMENT, List.of("Hm.", "Hm."))))
                .hasMessageContaining("at least two");
        assertThatThrownBy(() -> Fallbacks.of(Map.of(Fallbacks.Kind.QUESTION, List.of("Hm.", "Hm?"))))
                .hasMessageContaining("no fallbacks for STATEMENT");
    }
}
