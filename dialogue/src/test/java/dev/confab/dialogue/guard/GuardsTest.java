package dev.confab.dialogue.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationMode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardsTest {
    private static final GuardContext CONTEXT = new GuardContext(
            "What is your name?",
            List.of("Yes.", "I'm going to buy some ice cream.", "No!"),
            List.of("I am called Bob."));

    private final Guards guards = Guards.defaults();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                             | empty reply
            ' ... '                                        | empty reply
            ?!?!                                           | empty reply
            yes                                            | repeats an earlier reply
            I’m going to buy some ICE CREAM!               | repeats an earlier reply
            i am called bob                                | repeats an earlier reply
            what is your name                              | echoes what was said
            I like it. I like it. I like it.               | goes round in circles
            ha ha ha ha                                    | goes round in circles
            well no no no no I don't                       | goes round in circles
            aaaaaaaah                                      | goes round in circles
            What !!!!!!                                    | endless punctuation
            Hm .,.,.,.,.,.,.                               | endless punctuation
            """)
    void knownFailuresAreSeen(String reply, String objection) {
        assertThat(guards.objection(reply, CONTEXT)).contains(objection);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bob.",
                "No!",
                ":)",
                "<3",
                "42",
                "🙂",
                "你好",
                "What is your name, if I may ask?",
                "No no no!",
                "I had had had it.",
                "Really?!?",
                "It was very, very, very good... and then?",
                "I like it, I like it a lot."
            })
    void ordinaryRepliesPass(String reply) {
        assertThat(guards.objection(reply, CONTEXT)).isEmpty();
    }

    @Test
    void nothingIsShownThatMayHaveToBeTakenBack() {
        List<String> replies = List.of(
                "I'm going to buy some ice cream.",
                "I'm going to buy some ice cream for you.",
                "What is your name?",
                "I like it. I like it. I like it. I like it.",
                "Hello!!!!!!!!!!!!",
                "...",
                "I am called Bob.",
                "Yes. And you?");
        for (String reply : replies) {
            int shown = 0;
            for (int end = 1; end <= reply.length() && !guards.hopeless(reply.substring(0, end)); end++) {
                shown = Math.max(shown, guards.certain(reply.substring(0, end), CONTEXT));
            }
            assertThat(guards.objection(reply.substring(0, shown), CONTEXT))
                    .as("shown of '" + reply + "': '" + reply.substring(0, shown) + "'")
                    .matches(objection -> objection.isEmpty() || objection.equals(Optional.of("empty reply")));
        }
    }

    @Test
    void aLoopStopsTheReplyAsSoonAsItIsOne() {
        assertThat(guards.hopeless("I like it. I like it.")).isFalse();
        assertThat(guards.hopeless("I like it. I like it. I like it.")).isTrue();
        assertThat(guards.certain("I like it. I like it.", CONTEXT)).isEqualTo("I like it. ".length());
    }

    @Test
    void eachAttemptIsFreerThanTheOneBefore() {
        GenerationConfig greedy = GenerationConfig.builder().maxLength(100).build();
        GenerationConfig beams =
                GenerationConfig.builder().numBeams(4).penaltyAlpha(0.6).build();

        assertThat(RetryLadder.settings(greedy, 0)).isEqualTo(greedy);
        for (GenerationConfig config : List.of(greedy, beams)) {
            GenerationConfig second = RetryLadder.settings(config, 1);
            GenerationConfig third = RetryLadder.settings(config, 2);
            second.validate();
            third.validate();
            assertThat(second.mode()).isEqualTo(GenerationMode.SAMPLE);
            assertThat(second.temperature()).isEqualTo(0.8);
            assertThat(second.noRepeatNgramSize()).isEqualTo(3);
            assertThat(third.temperature()).isEqualTo(1.1);
            assertThat(third.repetitionPenalty()).isEqualTo(1.3);
        }
        GenerationConfig lively = GenerationConfig.builder()
                .doSample(true)
                .temperature(1.5)
                .repetitionPenalty(2)
                .build();
        assertThat(RetryLadder.settings(lively, 2).temperature()).isEqualTo(1.5);
        assertThat(RetryLadder.settings(lively, 2).repetitionPenalty()).isEqualTo(2);
    }
}
