package dev.confab.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.confab.dialogue.Chatbot;
import dev.confab.engine.Fixtures;
import dev.confab.server.ChatServer;
import dev.confab.server.ServerOptions;
import dev.confab.server.access.TrafficLimits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class LoadTestTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void threePeopleChatWithARealServerAndItsMemoryIsSeen() {
        TrafficLimits many = TrafficLimits.defaults().withRequestsPerMinute(100_000);
        ServerOptions options = ServerOptions.defaults()
                .withAddress("127.0.0.1", OptionalInt.of(0))
                .withNames("tiny", "Tiny")
                .withLimits(ServerOptions.defaults().input(), many);
        try (Chatbot bot =
                        Chatbot.fromPretrained(Fixtures.model("tiny-a/st-f32").toString());
                ChatServer server = ChatServer.start(bot, options)) {
            for (List<String> way : List.of(List.<String>of(), List.of("--raw"))) {
                JsonNode report = JsonMapper.shared().readTree(run(server.url() + "/v1", way));
                assertThat(report.path("errors").size()).as(report.toString()).isZero();
                assertThat(report.path("replies").asInt()).isPositive();
                assertThat(report.path("reply_tokens").asDouble()).isPositive();
                assertThat(report.path("tokens_per_second").asDouble()).isNotNegative();
                assertThat(report.at("/first_token_ms/p50").asDouble())
                        .isPositive()
                        .isLessThanOrEqualTo(report.at("/total_ms/p99").asDouble());
                assertThat(report.path("cached_share").asDouble()).isBetween(0.0, 1.0);
                assertThat(report.path("server_memory_bytes").asLong()).isGreaterThan(1 << 20);
            }
        }
    }

    @Test
    void whoGetsNoReplyIsCountedByReason() {
        String text = run("http://127.0.0.1:1/v1", List.of());
        JsonNode report = JsonMapper.shared().readTree(text);
        assertThat(report.path("replies").asInt()).isZero();
        assertThat(report.at("/errors/ConnectException").asInt()).isPositive();
    }

    @Test
    void quantilesAndSpeedAreThoseOfTheTimeThatWasMeasured() {
        List<Turn> turns = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            long asked = i * SECOND / 100;
            turns.add(reply(asked, List.of(asked + i * SECOND), asked + i * SECOND, 4));
        }
        turns.add(reply(-5 * SECOND, List.of(-SECOND, SECOND), SECOND, 10)); // began before, and ended in it
        turns.add(Turn.failed(SECOND, "status 503"));

        LoadReport report = LoadReport.of(3, turns, 0, 10 * SECOND, OptionalLong.of(7 << 20));

        assertThat(report.replies()).isEqualTo(100);
        assertThat(report.errors()).containsOnlyKeys("status 503").containsEntry("status 503", 1);
        assertThat(report.firstToken().p50()).isEqualTo(50, within(1e-6));
        assertThat(report.firstToken().p95()).isEqualTo(95, within(1e-6));
        assertThat(report.firstToken().p99()).isEqualTo(99, within(1e-6));
        // Those of the replies that came within ten seconds, and half of the one that had begun before.
        assertThat(report.tokensPerSecond()).isEqualTo((9 * 4 + 5) / 10.0, within(1e-6));
        assertThat(report.text()).contains("1 x status 503", "p95 95,000 ms", "7 MB");
    }

    @Test
    void peopleTakeTheTimeThatReadingAndTypingTakes() {
        var random = new SplittableRandom(1);
        var habits = new Habits(3, 1, Duration.ofSeconds(1));
        assertThat(habits.pause("four words to read", "a message of thirty characters", random))
                .isGreaterThan(Duration.ofSeconds(6));
        assertThat(new Habits(3, 0, Duration.ofSeconds(1)).pause("four words to read", "Hi", random))
                .isZero();
    }

    private static Turn reply(long asked, List<Long> parts, long ended, int tokens) {
        return new Turn(asked, parts, ended, "", tokens, 10, 5, null);
    }

    private static String run(String url, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--url", url, "--model", "tiny", "--people", "3", "--seconds", "2", "--warm-up", "0", "--turns", "3"));
        arguments.addAll(List.of("--new-tokens", "5", "--pace", "0", "--json", "--server-process"));
        arguments.add(String.valueOf(ProcessHandle.current().pid()));
        arguments.addAll(more);
        var text = new StringWriter();
        LoadTest.run(
                new PrintWriter(text, true),
                new PrintWriter(System.err, true, UTF_8),
                arguments.toArray(String[]::new));
        return text.toString();
    }
}
