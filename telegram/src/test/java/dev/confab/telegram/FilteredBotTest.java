package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.filter.FilterAction;
import dev.confab.dialogue.filter.FilterPolicy;
import dev.confab.dialogue.filter.FilterResult;
import dev.confab.dialogue.filter.WordFilter;
import dev.confab.dialogue.filter.WordList;
import dev.confab.dialogue.skill.Skills;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the filters of the chatbot do on Telegram, and how they are counted. */
class FilteredBotTest extends StartedBot {
    private final MeterRegistry metrics = new SimpleMeterRegistry();

    @Override
    Chatbot chatbot() {
        return TestBots.chatbot()
                .filters(FilterPolicy.safe(Locale.US)
                        .withList(WordList.of("ours", List.of("heck")))
                        .withFilters(
                                _ -> FilterResult.passed(),
                                WordFilter.of(
                                        List.of(WordList.of("unlucky", List.of("thirteen", "13"))),
                                        new FilterAction.Mask())))
                .skills(Skills.offline())
                .build();
    }

    @Test
    void aBlockedWordIsNeitherAnsweredNorKept() {
        builder.metrics(metrics);
        start();
        server.says(ADA, "what the h.e.c.k do you mean");

        awaitTexts(ADA, 1);
        assertThat(server.texts(ADA)).containsExactly("I'd rather not talk about that. Shall we pick something else?");
        await().until(() -> store.unfinished().isEmpty());
        assertThat(transcript(ADA)).contains("word list 'ours'").doesNotContain("what the");
        assertThat(count("confab.interventions", "stage", "input", "action", "refused"))
                .isEqualTo(1);
        assertThat(count("confab.replies", "source", "filter")).isEqualTo(1);
    }

    @Test
    void whatTheBotShouldNotSayGoesOutMasked() {
        builder.metrics(metrics);
        start();
        server.says(ADA, "What is 6 + 7?");

        awaitTexts(ADA, 1);
        assertThat(server.texts(ADA).getFirst())
                .startsWith("6 + 7 ")
                .contains("**")
                .doesNotContain("13");
        assertThat(count("confab.interventions", "stage", "output", "action", "masked"))
                .isEqualTo(1);
        assertThat(count("confab.replies", "source", "skill")).isEqualTo(1);
    }

    @Test
    void personalDataIsMaskedBeforeItIsKept() {
        start();
        server.says(ADA, "hello from ada@example.org");

        awaitTexts(ADA, 1);
        await().until(() -> store.unfinished().isEmpty());
        assertThat(transcript(ADA)).contains("[e-mail address]").doesNotContain("ada@");
    }

    private double count(String name, String... tags) {
        await().until(() -> metrics.find(name).tags(tags).counter() != null);
        return metrics.counter(name, tags).count();
    }
}
