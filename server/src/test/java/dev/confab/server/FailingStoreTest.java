package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Incident;
import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.ui.conversation.ConversationStore;
import dev.confab.ui.conversation.MemoryConversationStore;
import dev.confab.ui.conversation.StoredMessage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What becomes of a conversation on the page when its store fails. */
final class FailingStoreTest {
    private static final String TURN = "{\"data\":[\"hello\"],\"conversation\":{\"id\":\"c1\",\"title\":\"hello\","
            + "\"message\":\"m1\",\"parent\":\"\",\"reply\":\"r1\"}}";

    private final List<Incident> incidents = new CopyOnWriteArrayList<>();

    @Test
    void aReplyThatCannotBeKeptComesAllTheSameAndTheOperatorHearsOfIt() throws Exception {
        try (LanguageModel model = LanguageModel.fromPretrained(
                        Fixtures.model("tiny-a/st-f32").toString());
                Chatbot bot = Chatbot.builder()
                        .model(model)
                        .generation(GenerationConfig.builder()
                                .maxNewTokens(8)
                                .minNewTokens(2)
                                .build())
                        .incidents(incidents::add)
                        .build();
                ChatServer server = ChatServer.start(
                        bot,
                        ServerOptions.defaults().withAddress("127.0.0.1", OptionalInt.of(0)),
                        page -> page.conversations(
                                new ReportingConversationStore(failingAtTheEnd(), () -> Optional.of(bot))));
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> stream = client.send(
                    HttpRequest.newBuilder(URI.create(server.url() + "/gradio_api/stream/chat"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(TURN))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(stream.headers().firstValue("confab-kept")).hasValue("yes");
            assertThat(stream.body()).contains("\"success\":true", "\"kept\":false");
            await().until(() -> !incidents.isEmpty());
            assertThat(incidents).singleElement().satisfies(incident -> {
                assertThat(incident.part()).isEqualTo(Incident.Part.STORE);
                assertThat(incident.conversation()).isEqualTo("c1");
                assertThat(incident.message()).contains("a turn could not be kept", "the database is away");
                assertThat(incident.message()).doesNotContain("hello");
            });
        }
    }

    private static ConversationStore failingAtTheEnd() {
        var store = new MemoryConversationStore(1 << 20, Duration.ofDays(1));
        return (ConversationStore) Proxy.newProxyInstance(
                ConversationStore.class.getClassLoader(),
                new Class<?>[] {ConversationStore.class},
                (_, method, arguments) -> {
                    if (method.getName().equals("put") && hasEnded((List<?>) arguments[2])) {
                        throw new ConfabException("the database is away");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static boolean hasEnded(List<?> messages) {
        return messages.getLast() instanceof StoredMessage last && last.state() == StoredMessage.State.DONE;
    }
}
