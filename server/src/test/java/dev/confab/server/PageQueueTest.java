package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.filter.FilterResult;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.server.access.InputLimits;
import dev.confab.server.access.TrafficLimits;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Messages of the page beyond what is replied to at once, by Gradio's protocol. */
final class PageQueueTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void whoHasToWaitIsToldThePlaceInLine() throws Exception {
        try (TestServer server = slow(limits -> limits.withPageRepliesAtOnce(1));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = threads.submit(() -> say(server, "ann", "slow"));
            awaitMetric(server, "confab_requests_underway 1.0");
            Future<String> second = threads.submit(() -> say(server, "bob", "Hello!"));
            awaitMetric(server, "confab_page_waiting 1.0");
            Future<String> third = threads.submit(() -> say(server, "cid", "Hello!"));
            awaitMetric(server, "confab_page_waiting 2.0");
            go.countDown();

            assertThat(first.get()).contains("process_completed");
            assertThat(second.get())
                    .containsSubsequence("\"msg\":\"estimation\"", "\"rank\":0", "process_starts", "process_completed");
            assertThat(third.get())
                    .containsSubsequence("\"msg\":\"estimation\"", "\"rank\":1", "process_starts", "process_completed");
            awaitMetric(server, "confab_page_waiting 0.0");
        }
    }

    @Test
    void whenTheLineIsFullAMessageIsRefusedAtOnce() throws Exception {
        try (TestServer server = slow(limits -> limits.withPageRepliesAtOnce(1).withRequestsInAll(1));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = threads.submit(() -> say(server, "ann", "slow"));
            awaitMetric(server, "confab_requests_underway 1.0");
            Future<String> second = threads.submit(() -> say(server, "bob", "Hello!"));
            awaitMetric(server, "confab_page_waiting 1.0");
            HttpResponse<String> third = join(server, "cid", "Hello!");
            go.countDown();

            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.body()).contains("Queue is full. 1 calls are waiting");
            assertThat(first.get()).contains("\"success\":true");
            assertThat(second.get()).contains("\"success\":true");
        }
    }

    /** A hundred tokens for each of many candidates take far longer than it has. */
    @Test
    void aReplyThatTakesTooLongEndsAndSaysSo() throws Exception {
        TrafficLimits limits = TrafficLimits.defaults().withReplyTime(Duration.ofMillis(1));
        try (TestServer server = TestServer.start(
                options -> options.withLimits(InputLimits.defaults(), limits),
                bot -> bot.candidates(64)
                        .generation(GenerationConfig.builder()
                                .minNewTokens(100)
                                .maxNewTokens(100)
                                .build()))) {
            assertThat(say(server, "ann", "Hello!"))
                    .contains("The reply took longer than 0 seconds, and ends here.", "process_completed");
        }
    }

    /** A server whose chatbot thinks about "slow" until it is let go. */
    private TestServer slow(UnaryOperator<TrafficLimits> limits) {
        return TestServer.start(
                options -> options.withLimits(InputLimits.defaults(), limits.apply(options.traffic())),
                bot -> bot.inputFilter(text -> {
                    if (text.equals("slow")) {
                        awaitGo();
                    }
                    return FilterResult.passed();
                }));
    }

    private void awaitGo() {
        try {
            assertThat(go.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** All events of a session until its call is done. */
    private static String say(TestServer server, String session, String text) throws Exception {
        HttpResponse<String> joined = join(server, session, text);
        assertThat(joined.statusCode()).as(joined.body()).isEqualTo(200);
        return server.get("/gradio_api/queue/data?session_hash=" + session).body();
    }

    private static HttpResponse<String> join(TestServer server, String session, String text) throws Exception {
        return server.post(
                "/gradio_api/queue/join",
                "{\"fn_index\":1,\"data\":[\"" + text + "\",null],\"session_hash\":\"" + session + "\"}");
    }

    private static void awaitMetric(TestServer server, String line) {
        await().atMost(PATIENCE).until(() -> server.get("/metrics").body().contains(line));
    }
}
