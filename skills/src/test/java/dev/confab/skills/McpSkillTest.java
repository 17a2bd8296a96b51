package dev.confab.skills;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.confab.dialogue.skill.SkillAnswer;
import dev.confab.dialogue.skill.SkillContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class McpSkillTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SkillContext CONTEXT = SkillContext.ofSystem("1");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final WebLimits PATIENT =
            new WebLimits(Duration.ofSeconds(20), 0, 100_000, 10, Duration.ofMinutes(1));

    @Test
    void aProgramThatSpeaksOverStandardInputIsCalled() {
        List<String> command =
                List.of(JAVA, "-cp", System.getProperty("java.class.path"), StandardInputServer.class.getName());
        try (var connected = open(program(command), PATIENT)) {
            assertThat(connected.skills().answer("add 2", CONTEXT))
                    .contains(new SkillAnswer("add", "It says: Hello 42", false));
            assertThat(connected.skills().answer("fail", CONTEXT))
                    .contains(new SkillAnswer("fail", "I asked the numbers, but it couldn't help with that.", true));
            assertThat(connected.skills().answer("die", CONTEXT))
                    .hasValueSatisfying(answer -> assertThat(answer.failed()).isTrue());
            assertThat(connected.skills().answer("add 3", CONTEXT))
                    .as("a new process is started after the old one died")
                    .contains(new SkillAnswer("add", "It says: Hello 43", false));
        }
    }

    @Test
    void aProgramThatDoesNotExistIsToldKindly() {
        try (var connected =
                open(program(List.of("/nowhere/no-such-program")), PATIENT.withTimeout(Duration.ofSeconds(2)))) {
            assertThat(connected.skills().answer("add 2", CONTEXT)).contains(unreachable("add"));
        }
    }

    @Test
    void aServerIsCalledOverHttp() {
        try (var server = new LocalService(exchange -> answer(
                        exchange,
                        "{\"content\":[{\"type\":\"text\",\"text\":\"sunny\"},"
                                + "{\"type\":\"text\",\"text\":\"and warm\"}]}"));
                var connected = open(address(server.address()), PATIENT)) {
            assertThat(connected.skills().answer("add 2", CONTEXT))
                    .contains(new SkillAnswer("add", "It says: sunny\nand warm", false));
            assertThat(server.requests()).contains("/tools/mcp");
        }
    }

    @Test
    void aServerThatIsSlowBrokenOrStrangeIsToldKindly() {
        var over = new CountDownLatch(1);
        LocalService.Behaviour slow = exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        List<LocalService.Behaviour> behaviours = List.of(
                slow,
                exchange -> LocalService.send(exchange, 500, "broken"),
                exchange -> LocalService.send(exchange, 200, "<html>"),
                exchange -> answer(exchange, "[1, 2, 3]"),
                exchange -> answer(
                        exchange, "{\"content\":[{\"type\":\"text\",\"text\":\"" + "x".repeat(200_000) + "\"}]}"));
        for (LocalService.Behaviour behaviour : behaviours) {
            try (var server = new LocalService(behaviour);
                    var connected = open(address(server.address()), PATIENT.withTimeout(Duration.ofSeconds(2)))) {
                Optional<SkillAnswer> answer = connected.skills().answer("add 2", CONTEXT);
                assertThat(answer).contains(unreachable("add"));
            }
        }
        over.countDown();
    }

    private static SkillAnswer unreachable(String skill) {
        return new SkillAnswer(skill, "I can't reach the numbers right now. Maybe try again a little later?", true);
    }

    private static McpServerConfig program(List<String> command) {
        return new McpServerConfig("the numbers", command, Map.of("GREETING", "${WORD}"), "", Map.of(), skills());
    }

    private static McpServerConfig address(URI server) {
        return new McpServerConfig("the numbers", List.of(), Map.of(), server + "/tools/mcp", Map.of(), skills());
    }

    private static List<McpSkillConfig> skills() {
        return List.of(
                new McpSkillConfig(
                        "add",
                        "add",
                        List.of("add (?P<number>\\d+)"),
                        List.of(),
                        Map.of("a", "{number}", "b", 40),
                        "It says: {text}"),
                new McpSkillConfig("fail", "fail", List.of("fail"), List.of(), Map.of(), "{text}"),
                new McpSkillConfig("die", "die", List.of("die"), List.of(), Map.of(), "{text}"));
    }

    private static ConnectedSkills open(McpServerConfig server, WebLimits limits) {
        var config = new SkillsConfig(Set.of(), Set.of(), null, null, Map.of(), limits, List.of(), List.of(server));
        return ConnectedSkills.open(config, Map.of("WORD", "Hello"));
    }

    /** Speaks the protocol's streamable HTTP, without the stream that a server may offer beside it. */
    private static void answer(HttpExchange exchange, String result) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.sendResponseHeaders(405, -1);
            return;
        }
        JsonNode message = JSON.readTree(exchange.getRequestBody().readAllBytes());
        String method = message.path("method").stringValue("");
        if (!message.has("id")) {
            exchange.sendResponseHeaders(202, -1);
            return;
        }
        String content = method.equals("initialize")
                ? "{\"protocolVersion\":%s,\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"test\",\"version\":\"1\"}}"
                        .formatted(message.at("/params/protocolVersion"))
                : result;
        LocalService.send(
                exchange, 200, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(message.get("id"), content));
    }
}
