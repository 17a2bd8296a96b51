package dev.confab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ui.call.CallContext;
import dev.confab.ui.call.UserError;
import dev.confab.ui.component.Slider;
import dev.confab.ui.component.Textbox;
import dev.confab.ui.component.UploadedFile;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gradio's own JavaScript client, unchanged, calls our pages. */
final class GradioClientTest {
    private static final ChatInterface PARROT =
            ChatInterface.of((message, history) -> Stream.of("You", " said: ", message, " (" + history.size() + ")"));

    @BeforeAll
    static void install() throws Exception {
        NodeProject.install();
    }

    @Test
    void itSeesTheFunctionsWithTheirParameters() throws Exception {
        JsonNode api = scenario("viewApi", greeter());

        JsonNode parameters = api.at("/named_endpoints/~1predict/parameters");
        assertThat(parameters.findValuesAsString("parameter_name")).containsExactly("name", "times");
        assertThat(parameters.get(0).path("parameter_has_default").booleanValue())
                .isFalse();
        assertThat(parameters.get(1).path("parameter_default").doubleValue()).isEqualTo(1);
        assertThat(api.at("/named_endpoints/~1predict/returns/0/component").stringValue())
                .isEqualTo("Textbox");
    }

    @Test
    void itPredictsByPositionByNameByNumberAndWithDefaults() throws Exception {
        JsonNode results = scenario("predict", greeter());

        assertThat(strings(results)).containsExactly("Hello Ann!!", "Hello Bob!!!", "Hello Cid!", "Hello Dee!");
    }

    @Test
    void aReplyStreamsPartByPart() throws Exception {
        JsonNode events = scenario("stream", PARROT);

        List<String> texts = events.findValues("data").stream()
                .map(data -> data.get(0).stringValue())
                .distinct()
                .toList();
        assertThat(texts).containsExactly("You", "You said: ", "You said: hello", "You said: hello (0)");
        assertThat(events.findValuesAsString("status")).startsWith("pending").endsWith("complete");
    }

    @Test
    void eachClientHasAStateOfItsOwn() throws Exception {
        Interface page = Interface.of((String text, List<String> history) -> {
                    List<String> all =
                            Stream.concat(history.stream(), Stream.of(text)).toList();
                    return Outputs.of(String.join(" ", all), all);
                })
                .inputs("text", "state")
                .outputs("text", "state");

        JsonNode replies = scenario("state", page);

        assertThat(replies.toString()).isEqualTo("[[\"a\"],[\"a b\"],[\"c\"],[\"a b d\"]]");
    }

    @Test
    void aCancelledReplyKeepsItsPartAndStaysInTheHistory() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ChatInterface page = ChatInterface.streaming((turn, out) -> {
            if (turn.message().equals("history")) {
                turn.history().forEach(message -> out.write(message.role() + ": " + message.content() + "; "));
                return;
            }
            out.write("1 ");
            out.write("2 ");
            never.await();
        });

        JsonNode answer = scenario("cancel", page);

        JsonNode seen = answer.path("seen");
        assertThat(seen.findValues("data").getLast().get(0).stringValue()).isEqualTo("1 2 ");
        assertThat(seen.findValuesAsString("status")).doesNotContain("error");
        assertThat(answer.path("after").get(0).stringValue()).isEqualTo("user: count; assistant: 1 2 ; ");
    }

    @Test
    void itUploadsAndDownloadsFiles() throws Exception {
        Interface page = Interface.of((UploadedFile file) -> Outputs.of(Files.size(file.path()), file))
                .inputs("file")
                .outputs("number", "file");

        JsonNode answer = scenario("upload", page);

        assertThat(answer.path("size").intValue()).isEqualTo(12);
        assertThat(answer.path("content").stringValue()).isEqualTo("a small text");
        assertThat(answer.path("path").stringValue()).matches("[0-9a-f]{32}/[^/]+");
    }

    @Test
    void itLogsIn() throws Exception {
        JsonNode answer = scenario(
                "login",
                ChatInterface.of((message, _) -> message + " from " + user()).auth("ann", "secret"));

        assertThat(answer.path("data").get(0).stringValue()).isEqualTo("hello from ann");
        assertThat(answer.path("outside").stringValue()).contains("Login credentials are required");
        assertThat(answer.path("wrong").stringValue()).containsIgnoringCase("credentials");
    }

    private static String user() {
        return CallContext.current().user().orElse("nobody");
    }

    @Test
    void errorsSayWhatTheUserMayKnow() throws Exception {
        Interface page = Interface.of((String text) -> switch (text) {
                    case "user" -> throw new UserError("Please write more.");
                    case "other" -> throw new IllegalStateException("the database's password is wrong");
                    default -> text;
                })
                .inputs("text")
                .outputs("text");

        JsonNode answers = scenario("errors", page);

        assertThat(answers.at("/user/error").stringValue()).isEqualTo("Please write more.");
        assertThat(answers.at("/other/error").stringValue())
                .startsWith("The function failed")
                .doesNotContain("password");
        assertThat(answers.at("/fine/result/0").stringValue()).isEqualTo("fine");
        assertThat(answers.at("/unknown/error").stringValue()).isNotEmpty();
        assertThat(answers.at("/wrongType/error").stringValue()).contains("expected a text");
    }

    @Test
    void progressAndMessagesReachTheClient() throws Exception {
        Interface page = Interface.of((String text) -> {
                    CallContext.current().progress(0.5, "half");
                    CallContext.current().warning("slow today");
                    return text;
                })
                .inputs("text")
                .outputs("text");

        JsonNode events = scenario("notices", page);

        assertThat(events.toString()).contains("\"progress\":0.5", "\"desc\":\"half\"", "slow today", "\"warning\"");
    }

    /** The client changes what it showed last in place, so that each value is seen as it was when it was replaced. */
    @Test
    void everyKindOfEditIsUnderstood() throws Exception {
        Interface page = Interface.of((String text) -> Stream.of(
                        List.of(List.of("a", "b", "c"), "x", 1),
                        List.of(List.of("ab"), "xy", 2, "new"),
                        Map.of("k", List.of(1, 2), "l", 1),
                        Map.of("k", List.of(1, 3, 4), "m", 2)))
                .inputs("text")
                .outputs("json");

        JsonNode events = scenario("edits", page);

        assertThat(events.findValues("data").stream().map(data -> data.get(0)).distinct())
                .containsExactly(
                        JsonMapper.shared().readTree("[['ab'],'xy',2,'new']".replace('\'', '"')),
                        JsonMapper.shared().readTree("{'k':[1,3,4],'m':2}".replace('\'', '"')));
    }

    @Test
    void eightClientsAtOnceAreAnswered() throws Exception {
        JsonNode replies = scenario("tabs", PARROT);

        assertThat(strings(replies))
                .containsExactlyElementsOf(IntStream.range(0, 8)
                        .mapToObj(i -> "You said: tab " + i + " (0)")
                        .toList());
    }

    private static Interface greeter() {
        return Interface.of((String name, Double times) -> "Hello " + name + "!".repeat(times.intValue()))
                .inputs(Textbox.of("Name"), Slider.of("Times", 1, 5))
                .outputs("text");
    }

    private static JsonNode scenario(String name, Page<?> page) throws Exception {
        try (RunningPage running = page.port(0).quiet().launch()) {
            return NodeProject.run("client.mjs", name, running.url().toString());
        }
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }
}
