package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Incident;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What becomes of messages and answers that cannot be kept. */
class FailingStoreTest extends StartedBot {
    private final List<Incident> incidents = new CopyOnWriteArrayList<>();

    @Override
    Chatbot chatbot() {
        return TestBots.chatbot().incidents(incident -> incidents.add(incident)).build();
    }

    @Test
    void aStoreThatFailsBeforeTheAnswerIsToldToThePersonAndTheOperator() {
        var failing = new FailingBotStore(store, () -> true);
        builder.store(failing.store());
        start();
        server.says(ADA, "answer hello");

        awaitTexts(ADA, 1);
        assertThat(server.texts(ADA)).containsExactly(Sentences.IN_TROUBLE);
        assertThat(incidents)
                .isNotEmpty()
                .allMatch(incident -> incident.part() == Incident.Part.STORE
                        && incident.conversation().equals("telegram 7")
                        && incident.message().contains("the disk is full"));

        failing.mend();
        server.says(ADA, "answer better");
        awaitTexts(ADA, 2);
        assertThat(server.texts(ADA).get(1)).isEqualTo("better");
    }

    @Test
    void aStoreThatFailsAfterTheAnswerCostsNobodyTheAnswer() {
        builder.store(new FailingBotStore(store, () -> !server.texts(ADA).isEmpty()).store());
        start();
        server.says(ADA, "answer hello");

        await().until(() -> !incidents.isEmpty());
        closeBot();
        assertThat(server.texts(ADA)).containsExactly("hello");
        assertThat(incidents).allMatch(incident -> incident.part() == Incident.Part.STORE);
    }
}
