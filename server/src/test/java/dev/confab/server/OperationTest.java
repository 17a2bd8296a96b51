package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confab.engine.error.ConfabException;
import dev.confab.server.access.InputLimits;
import dev.confab.server.access.TrafficLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What an operator relies on: limits, other sites, health, metrics, and how a server ends. */
final class OperationTest {
    private static final String SHORT = "{\"model\":\"tiny\",\"prompt\":\"Hi\",\"max_tokens\":1}";
    /** Up to 128 tokens, as the model never ends by itself when every end is forbidden. */
    private static final String LONG = "{\"model\":\"tiny\",\"prompt\":\"Hi\",\"max_tokens\":120,\"stream\":true,"
            + "\"logit_bias\":{\"511\":-100}}";

    @Test
    void whoAsksTooOftenIsToldWhenToComeBack() throws Exception {
        TrafficLimits limits = TrafficLimits.defaults().withRequestsPerMinute(2);
        try (TestServer server = TestServer.start(options -> options.withLimits(InputLimits.defaults(), limits))) {
            assertThat(server.post("/v1/completions", SHORT).statusCode()).isEqualTo(200);
            assertThat(server.post("/v1/completions", SHORT).statusCode()).isEqualTo(200);
            HttpResponse<String> third = server.post("/v1/completions", SHORT);
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.body()).contains("rate_limit_exceeded");
            assertThat(Integer.parseInt(
                            third.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 31);
            assertThat(server.post("/gradio_api/call/chat", "{\"data\":[\"hi\"]}")
                            .statusCode())
                    .isEqualTo(429);
            assertThat(server.get("/metrics").body()).contains("confab_refused_total{reason=\"client\"} 2.0");
        }
    }

    @Test
    void oneClientMayHaveOnlySomeRepliesUnderWay() throws Exception {
        TrafficLimits limits = TrafficLimits.defaults().withRequestsAtOnce(1);
        try (TestServer server = TestServer.start(options -> options.withLimits(InputLimits.defaults(), limits));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<HttpResponse<String>> request = () -> server.post("/v1/completions", LONG);
            var answers = new ArrayList<HttpResponse<String>>();
            for (var answer : threads.invokeAll(Collections.nCopies(24, request))) {
                answers.add(answer.get());
            }
            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 429);
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() == 429)
                    .allMatch(answer -> answer.body().contains("1 replies to this client are under way"));
        }
    }

    @Test
    void aClientThatGoesAwayEndsItsReply() throws Exception {
        try (TestServer server = TestServer.start()) {
            for (int i = 0; i < 5; i++) {
                open(server, LONG).close();
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> server.get("/metrics").body().contains("confab_requests_underway 0.0"));
            assertThat(server.post("/v1/completions", SHORT).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatDoesNotWaitForItsWholeAnswerEndsItToo() throws Exception {
        String whole = LONG.replace("\"stream\":true", "\"n\":16");
        try (TestServer server = TestServer.start()) {
            for (int i = 0; i < 5; i++) {
                send(server, whole).close();
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            metric(server, "confab_requests_seconds_count{route=\"/v1/completions\",status=\"499\"}")
                                    == 5);
            assertThat(metric(server, "confab_requests_underway")).isZero();
            assertThat(metric(server, "confab_tokens_generated_total"))
                    .as("of 5 x 16 x 120 tokens")
                    .isLessThan(5 * 16 * 60);
            assertThat(server.post("/v1/completions", whole).body()).contains("\"completion_tokens\":1920");
        }
    }

    @Test
    void aClientThatSendsItsNextRequestEarlyGetsItsAnswer() throws Exception {
        try (TestServer server = TestServer.start();
                Socket socket = beginWhole(server)) {
            write(socket, server, SHORT);
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"completion_tokens\":1920");
        }
    }

    /** A request whose reply is being made. It takes a fraction of a second, so whoever looks must look often. */
    private static Socket beginWhole(TestServer server) throws Exception {
        metric(server, "confab_requests_underway"); // the first look takes longest
        Socket socket = send(server, LONG.replace("\"stream\":true", "\"n\":16"));
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> metric(server, "confab_requests_underway") == 1);
        return socket;
    }

    private static double metric(TestServer server, String name) throws Exception {
        return server.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    @Test
    void pagesOfOtherSitesAreRefusedUnlessAllowed() throws Exception {
        try (TestServer server =
                TestServer.start(options -> options.withAllowedOrigins(List.of("https://ours.example")))) {
            assertThat(server.send(server.to("/v1/models").header("Origin", "https://evil.example"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(server.send(server.to("/v1/models").header("Origin", "http://127.0.0.1:9"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(server.send(server.to("/v1/models").header("Origin", "https://ours.example"))
                            .headers()
                            .firstValue("Access-Control-Allow-Origin"))
                    .hasValue("https://ours.example");
            assertThat(server.send(server.to("/v1/models")
                                    .header("Origin", server.server.url().toString()))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void thePageAndItsApiAreOnTheSamePort() throws Exception {
        try (TestServer server = TestServer.start()) {
            assertThat(server.get("/").body()).contains("Tiny");
            HttpResponse<String> event = server.post("/gradio_api/call/chat", "{\"data\":[\"Hello, how are you?\"]}");
            String id = TestServer.JSON.readTree(event.body()).get("event_id").stringValue();
            String reply = server.get("/gradio_api/call/chat/" + id).body();
            try (var conversation = server.bot.newConversation()) {
                String expected = conversation.say("Hello, how are you?").text();
                assertThat(reply).contains("event: complete").contains(TestServer.JSON.writeValueAsString(expected));
            }
            assertThat(server.get("/metrics").body())
                    .contains("confab_first_token_seconds_count 1")
                    .contains("confab_tokens_generated_total")
                    .contains("confab_prompt_tokens_cached_total")
                    .contains("confab_cache_capacity_bytes");
        }
    }

    @Test
    void aServerThatIsStoppedFinishesTheRepliesUnderWay() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestServer server = TestServer.start();
            Future<HttpResponse<String>> reply = threads.submit(() -> server.post("/v1/completions", LONG));
            await().until(() ->
                    server.get("/metrics").body().contains("confab_requests_underway 1.0") || reply.isDone());
            CompletableFuture<Void> stop = CompletableFuture.runAsync(server::close, threads);

            assertThat(reply.get().body()).endsWith("data: [DONE]\n\n");
            stop.join();
            assertThatThrownBy(() -> server.get("/health/live")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        try (TestServer first = TestServer.start()) {
            assertThatThrownBy(() -> TestServer.start(
                            options -> options.withAddress("127.0.0.1", OptionalInt.of(first.server.port()))))
                    .isInstanceOf(ConfabException.class)
                    .hasMessageContaining("port " + first.server.port())
                    .hasMessageContaining("--port");
        }
    }

    /** Sends a request and reads no more than the first of what comes back. */
    private static Socket open(TestServer server, String body) throws Exception {
        Socket socket = send(server, body);
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        return socket;
    }

    private static Socket send(TestServer server, String body) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port());
        write(socket, server, body);
        return socket;
    }

    private static void write(Socket socket, TestServer server, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST /v1/completions HTTP/1.1\r\nHost: 127.0.0.1:" + server.server.port()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + content.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(content);
        socket.getOutputStream().flush();
    }
}
