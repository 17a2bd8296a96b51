package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.Chatbot;
import dev.confab.engine.Fixtures;
import dev.confab.engine.error.ConfabException;
import dev.confab.server.access.InputLimits;
import dev.confab.server.access.TrafficLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A server whose model is still being loaded. */
final class LoadingTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String COMPLETION = "{\"model\":\"tiny\",\"prompt\":\"Hi\",\"max_tokens\":1}";

    @Test
    void thePageIsThereAtOnceAndWhatIsAskedWaitsForTheModel() throws Exception {
        try (Chatbot bot = tiny();
                ChatServer server = open(Duration.ofMinutes(1))) {
            assertThat(get(server, "/").statusCode()).isEqualTo(200);
            assertThat(get(server, "/custom.js").body()).contains("still being loaded");
            assertThat(get(server, "/v1/models").body()).contains("\"id\":\"tiny\"");
            assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(server, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(server, "/health/ready").body()).isEqualTo("{\"status\":\"loading\"}");

            Future<HttpResponse<String>> reply = CLIENT.sendAsync(completion(server), BodyHandlers.ofString());
            awaitUnderWay(server);
            server.answerWith(bot);
            assertThat(reply.get().body()).contains("\"text_completion\"");
            assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(server, "/metrics").body()).contains("confab_tokens_generated_total 1.0");
            assertThatThrownBy(() -> server.answerWith(bot))
                    .isInstanceOf(ConfabException.class)
                    .hasMessageContaining("has a chatbot already");
        }
    }

    @Test
    void aMessageOfThePageIsToldWhatItWaitsFor() throws Exception {
        try (Chatbot bot = tiny();
                ChatServer server = open(Duration.ofMinutes(1))) {
            String event = post(
                            server,
                            "/gradio_api/queue/join",
                            "{\"data\":[\"Hi\"],\"fn_index\":1,\"session_hash\":\"s\"}")
                    .body();
            assertThat(event).contains("event_id");
            Future<HttpResponse<String>> events = CLIENT.sendAsync(
                    HttpRequest.newBuilder(URI.create(server.url() + "/gradio_api/queue/data?session_hash=s"))
                            .build(),
                    BodyHandlers.ofString());
            awaitUnderWay(server);
            server.answerWith(bot);
            assertThat(events.get().body())
                    .containsSubsequence("The model is being loaded", "\"process_completed\"", "\"success\":true");
        }
    }

    @Test
    void whoHasWaitedTooLongIsToldToComeBack() throws Exception {
        try (ChatServer server = open(Duration.ofMillis(1))) {
            HttpResponse<String> refused = CLIENT.send(completion(server), BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("the model is still being loaded");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");
        }
    }

    @Test
    void aServerThatIsStoppedLetsGoWhoWaits() throws Exception {
        try (Chatbot bot = tiny();
                ChatServer server = open(Duration.ofMinutes(1))) {
            CompletableFuture<HttpResponse<String>> reply =
                    CLIENT.sendAsync(completion(server), BodyHandlers.ofString());
            awaitUnderWay(server);
            stop(server);
            assertThat(reply.get().statusCode()).isEqualTo(503);
            assertThat(reply.get().body()).contains("is being stopped");
            server.answerWith(bot); // too late, and nothing happens
        }
    }

    private static ChatServer open(Duration replyTime) {
        TrafficLimits limits = TrafficLimits.defaults().withReplyTime(replyTime);
        ServerOptions options = ServerOptions.defaults()
                .withAddress("127.0.0.1", OptionalInt.of(0))
                .withNames("tiny", "Tiny")
                .withLimits(InputLimits.defaults(), limits);
        return ChatServer.open(options, _ -> {});
    }

    private static void stop(ChatServer server) {
        server.close();
    }

    private static Chatbot tiny() {
        return Chatbot.fromPretrained(Fixtures.model("tiny-a/st-f32").toString());
    }

    private static void awaitUnderWay(ChatServer server) {
        await().until(() -> get(server, "/metrics").body().contains("confab_requests_underway 1.0"));
    }

    private static HttpRequest completion(ChatServer server) {
        return HttpRequest.newBuilder(URI.create(server.url() + "/v1/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(COMPLETION))
                .build();
    }

    private static HttpResponse<String> get(ChatServer server, String path) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(server.url() + path)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(ChatServer server, String path, String body)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
