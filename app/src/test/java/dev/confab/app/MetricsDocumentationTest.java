package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.filter.FilterPolicy;
import dev.confab.dialogue.filter.WordList;
import dev.confab.server.ChatServer;
import dev.confab.server.ServerOptions;
import dev.confab.server.access.InputLimits;
import dev.confab.server.access.TrafficLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every metric that an operator reads of exists. */
final class MetricsDocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> PAGES =
            List.of("docs/monitoring.md", "docs/server.md", "deploy/prometheus/alerts.yml");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void everyMetricThatIsNamedIsThereAfterSomeTraffic() throws Exception {
        Set<String> named = new TreeSet<>();
        for (String page : PAGES) {
            Matcher metrics =
                    Pattern.compile("\\bconfab_[a-z_]+(?![a-z_*])").matcher(Files.readString(ROOT.resolve(page)));
            metrics.results().forEach(metric -> named.add(metric.group()));
        }
        String shown = metricsAfterSomeTraffic();

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(named)
                .allSatisfy(metric -> assertThat(shown).containsPattern("(?m)^" + metric + "(_bucket|_count)?[ {]"));
        System.out.println("metrics named in " + PAGES + ": " + named.size());
    }

    private static String metricsAfterSomeTraffic() throws IOException, InterruptedException {
        ServerOptions options = ServerOptions.defaults()
                .withAddress("127.0.0.1", OptionalInt.of(0))
                .withNames("tiny", "Tiny")
                .withLimits(InputLimits.defaults(), TrafficLimits.defaults().withRequestsPerMinute(3))
                .withApiFilters(FilterPolicy.safe(Locale.US).withList(WordList.of("ours", List.of("heck"))));
        try (Chatbot bot = Chatbot.fromPretrained(Shell.TINY);
                ChatServer server = ChatServer.start(bot, options)) {
            String page = server.url().toString();
            String event = post(page + "/gradio_api/call/chat", "{\"data\":[\"Hi\"]}");
            String reply = event.replaceAll(".*\"event_id\" *: *\"([^\"]+)\".*", "$1");
            assertThat(get(page + "/gradio_api/call/chat/" + reply)).contains("event: complete");
            for (String message : List.of("Hi", "What the h.e.c.k?", "one too many")) {
                String messages = "[{\"role\":\"user\",\"content\":\"" + message + "\"}]";
                post(
                        page + "/v1/chat/completions",
                        "{\"model\":\"tiny\",\"max_tokens\":4,\"messages\":" + messages + "}");
            }
            return get(page + "/metrics");
        }
    }

    private static String get(String address) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                .body();
    }

    private static String post(String address, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString()).body();
    }
}
