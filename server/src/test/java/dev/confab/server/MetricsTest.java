package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.dialogue.filter.FilterResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** What {@code /metrics} and the log tell of a server that was really used. */
final class MetricsTest {
    private static final List<String> PROMISED = List.of(
            "confab_first_token_seconds_count",
            "confab_first_token_seconds_bucket",
            "confab_reply_tokens_per_second_count",
            "confab_waiting_seconds_count",
            "confab_batch_running",
            "confab_batch_waiting",
            "confab_batch_size_mean",
            "confab_requests_underway",
            "confab_prompt_tokens_computed_total",
            "confab_prompt_tokens_cached_total",
            "confab_tokens_generated_total",
            "confab_cache_bytes",
            "confab_cache_capacity_bytes",
            "confab_cache_evictions_total");

    /** A chatbot whose filter on what people say does what they ask of it. */
    private static TestServer start() {
        return TestServer.start(
                options -> options,
                chatbot -> chatbot.inputFilter(text -> switch (text) {
                    case "mask this" -> new FilterResult.Masked("*", "a test");
                    case "refuse this" -> new FilterResult.Refused("No.", "a test");
                    case "fail here" -> throw new IllegalStateException("the filter is broken");
                    default -> FilterResult.passed();
                }));
    }

    private static void say(TestServer server, String text) throws IOException, InterruptedException {
        assertThat(server.post("/gradio_api/run/chat", "{\"data\":[\"" + text + "\"]}")
                        .statusCode())
                .isEqualTo(200);
    }

    /** The values by their names with tags. */
    private static Map<String, Double> metrics(TestServer server) throws IOException, InterruptedException {
        Map<String, Double> values = new LinkedHashMap<>();
        server.get("/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    int space = line.lastIndexOf(' ');
                    values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
                });
        return values;
    }

    @Test
    void everythingThatAnOperatorIsPromisedIsThereAfterRealTraffic() throws Exception {
        try (TestServer server = start()) {
            String first = "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";
            String reply = server.ask("/v1/chat/completions", first + ",\"max_tokens\":8}")
                    .at("/choices/0/message/content")
                    .stringValue();
            String second = first.replace("]", "") + ",{\"role\":\"assistant\",\"content\":"
                    + TestServer.JSON.writeValueAsString(reply)
                    + "},{\"role\":\"user\",\"content\":\"Go on\"}],\"max_tokens\":8,\"stream\":true}";
            assertThat(server.post("/v1/chat/completions", second).body()).endsWith("data: [DONE]\n\n");
            for (String text : List.of("Hello", "mask this", "refuse this", "fail here")) {
                say(server, text);
            }

            Map<String, Double> metrics = metrics(server);
            assertThat(PROMISED)
                    .allSatisfy(name -> assertThat(metrics.keySet())
                            .as(name)
                            .anyMatch(known -> known.equals(name) || known.startsWith(name + "{")));
            assertThat(metrics.get("confab_first_token_seconds_count")).isGreaterThanOrEqualTo(4);
            assertThat(metrics.get("confab_prompt_tokens_cached_total")).isPositive();
            assertThat(metrics.get("confab_tokens_generated_total")).isPositive();
            assertThat(metrics.get("confab_batch_size_mean")).isGreaterThanOrEqualTo(1);
            assertThat(metrics.get("confab_requests_underway")).isZero();
            assertThat(metrics)
                    .containsEntry("confab_replies_total{source=\"filter\"}", 1.0)
                    .containsEntry("confab_replies_total{source=\"fallback\"}", 1.0)
                    .containsEntry("confab_interventions_total{action=\"masked\",stage=\"input\"}", 1.0)
                    .containsEntry("confab_interventions_total{action=\"refused\",stage=\"input\"}", 2.0)
                    .containsEntry("confab_interventions_total{action=\"replaced\",stage=\"failure\"}", 1.0)
                    .containsEntry("confab_requests_seconds_count{route=\"/v1/chat/completions\",status=\"200\"}", 2.0);
            System.out.println("/metrics had " + metrics.size() + " values, " + PROMISED.size() + " promised");
        }
    }

    @Test
    void theLogHasWhatWasSaidOnlyForWhoAsksForIt() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        var listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                heard.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        listener.setLevel(Level.ALL);
        Logger logger = Logger.getLogger("dev.confab");
        logger.addHandler(listener);
        try (TestServer server = start()) {
            logger.setLevel(Level.FINE); // DEBUG
            say(server, "A secret of mine");
            String request = "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"Another secret\"}]}";
            server.post("/v1/chat/completions", request);
            assertThat(String.join("\n", heard))
                    .contains("route=/v1/chat/completions status=200")
                    .doesNotContain("secret");

            logger.setLevel(Level.FINER); // TRACE
            say(server, "A secret of mine");
            server.post("/v1/chat/completions", request);
            assertThat(String.join("\n", heard))
                    .contains("where=page said=\"A secret of mine\" reply=\"")
                    .contains("where=api said=\"Another secret");
        } finally {
            logger.removeHandler(listener);
            logger.setLevel(null);
        }
    }
}
