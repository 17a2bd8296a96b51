package dev.confab.dialogue.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Hi, my name is Anna.                     | My name is Anna.
            call me Al and tell me a joke            | My name is Al.
            I’m 34 years old                         | I am 34 years old.
            Well, I live in Berlin, by the river     | I live in Berlin.
            I'm from Peru                            | I am from Peru.
            I work as a nurse.                       | I work as a nurse.
            I am a student                           | I am a student.
            I have two dogs and a cat                | I have two dogs.
            my dog is called Rex!                    | My dog is called Rex.
            My favourite colour is green             | My favourite colour is green.
            I really love old films                  | I like old films.
            I don't like rain                        | I don't like rain.
            """)
    void whatPeopleTellOfThemselvesIsAFact(String said, String fact) {
        assertThat(Facts.in(List.of(said))).containsExactly(fact);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Do you like music?",
                "What is your name?",
                "She said I live badly",
                "I am happy",
                "I like",
                "I would have a look",
                ""
            })
    void otherThingsAreNot(String said) {
        assertThat(Facts.in(List.of(said))).isEmpty();
    }

    @Test
    void ofWhatCanBeTrueOnlyOnceTheLatestCounts() {
        assertThat(Facts.in(List.of("My name is Anna. I like tea.", "I like coffee", "call me Ann", "I like tea")))
                .containsExactly("I like coffee.", "My name is Ann.", "I like tea.");
    }

    @Test
    void longTextsTakeNoTime() {
        assertThat(Facts.in(List.of("my favourite ".repeat(20_000)))).isEmpty();
        assertThat(Facts.in(List.of("i am a ".repeat(20_000)))).hasSizeLessThan(100);
    }
}
