package dev.confab.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.ui.component.Checkbox;
import dev.confab.ui.component.Component;
import dev.confab.ui.component.NumberField;
import dev.confab.ui.component.State;
import dev.confab.ui.component.Textbox;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What authors of pages can say, and what comes of it. */
final class PageTest {
    @TempDir
    Path folder;

    private static Interface upperCase() {
        return Interface.of((String text) -> text.toUpperCase(Locale.ROOT))
                .inputs("text")
                .outputs("text");
    }

    @Test
    void theAddressIsTheFirstFreeOneFrom7860On() {
        try (RunningPage first = upperCase().quiet().launch();
                RunningPage second = upperCase().quiet().launch()) {
            assertThat(first.port()).isGreaterThanOrEqualTo(Page.DEFAULT_PORT);
            assertThat(second.port()).isGreaterThan(first.port());
            assertThat(first.url()).hasToString("http://127.0.0.1:" + first.port());
        }
    }

    @Test
    void aPortThatWasAskedForAndIsTakenIsAnError() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(
                            () -> upperCase().port(taken.getLocalPort()).quiet().launch())
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void aStoppedPageIsGoneAndItsPortFree() throws Exception {
        RunningPage page = upperCase().port(0).quiet().launch();
        page.stop();
        page.stop();

        try (RunningPage next = upperCase().port(page.port()).quiet().launch();
                Browser browser = new Browser(next)) {
            assertThat(browser.get("/config").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whoComesBeforeTheServerHasStartedIsAnsweredWhenItHas() throws Exception {
        var asked = new CountDownLatch(1);
        try (RunningPage page = upperCase()
                        .port(0)
                        .quiet()
                        .configure(_ -> awaitQuietly(asked))
                        .launch();
                Socket visitor = new Socket(InetAddress.getLoopbackAddress(), page.port())) {
            visitor.getOutputStream()
                    .write("GET /config HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            asked.countDown();

            assertThat(visitor.getInputStream().readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .startsWith("HTTP/1.1 200");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aServerThatCannotBeStartedSaysWhyAndItsPortIsFree() {
        try (RunningPage page = upperCase()
                .port(0)
                .quiet()
                .configure(_ -> {
                    throw new IllegalArgumentException("a mistake of the author");
                })
                .launch()) {
            assertThatThrownBy(page::awaitStart).hasMessageContaining("a mistake of the author");

            upperCase().port(page.port()).quiet().launch().awaitStart().stop();
        }
    }

    @Test
    void theConfigurationDescribesTheWholePage() throws Exception {
        Interface described = Interface.of((String text, Double number, Boolean loud) -> text + number + loud)
                .inputs(Textbox.of("Text").withPlaceholder("say it").withLines(3), NumberField.of("Number"))
                .additionalInputs(Checkbox.of("Loud").withValue(true))
                .outputs("text")
                .title("A title")
                .description("*What*")
                .article("end")
                .example("hi", 1)
                .example("ho")
                .apiName("join")
                .live();
        try (RunningPage page = described.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            JsonNode config = browser.getJson("/config");

            assertThat(config.path("title").stringValue()).isEqualTo("A title");
            assertThat(config.path("protocol").stringValue()).isEqualTo("sse_v3");
            assertThat(config.path("connect_heartbeat").booleanValue()).isFalse();
            assertThat(config.path("root").stringValue()).isEqualTo(page.url().toString());
            assertThat(config.at("/components/0").toString())
                    .contains(
                            "\"placeholder\":\"say it\"", "\"lines\":3", "\"label\":\"Text\"", "\"interactive\":true");
            assertThat(config.at("/components").findValuesAsString("type"))
                    .containsSubsequence("textbox", "number", "checkbox", "textbox");
            JsonNode details = config.path("confab");
            assertThat(details.path("inputs").toString()).isEqualTo("[1,2]");
            assertThat(details.path("additional_inputs").toString()).isEqualTo("[3]");
            assertThat(details.path("outputs").toString()).isEqualTo("[4]");
            assertThat(details.path("live").booleanValue()).isTrue();
            assertThat(details.path("examples").toString()).isEqualTo("[[\"hi\",1],[\"ho\"]]");
            assertThat(browser.post("/run/join", "{'data':['a',1]}").body()).contains("a1.0true");
        }
    }

    @Test
    void theLookIsTheAuthorsOwn() throws Exception {
        Path icon = Files.writeString(folder.resolve("icon.svg"), "<svg/>");
        Interface styled = upperCase()
                .title("<b>Bold</b>")
                .css(".msg { color: red }")
                .js("console.log('own')")
                .head("<meta name=\"robots\" content=\"noindex\">")
                .theme("accent", "#a00")
                .favicon(icon);
        try (RunningPage page = styled.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            HttpResponse<String> index = browser.get("/");

            assertThat(index.body())
                    .contains("<title>&lt;b&gt;Bold&lt;/b&gt;</title>", "noindex", "src=\"page/page.js\"");
            assertThat(index.headers().firstValue("content-security-policy").orElse(""))
                    .contains("script-src 'self';", "object-src 'none'");
            assertThat(browser.get("/theme.css").body()).contains("--accent: #a00", ".msg { color: red }");
            assertThat(browser.get("/custom.js").body()).isEqualTo("console.log('own')");
            assertThat(browser.get("/favicon.ico").body()).isEqualTo("<svg/>");
            for (String file : List.of("page.js", "protocol.js", "page.css", "login.js")) {
                assertThat(browser.get("/page/" + file).statusCode()).as(file).isEqualTo(200);
            }
        }
    }

    @Test
    void whatTheBrowserHasIsNotSentAgainAndAnswersAreNotKept() throws Exception {
        try (RunningPage page = upperCase().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            HttpResponse<String> first = browser.get("/page/page.css");
            String tag = first.headers().firstValue("etag").orElse("");
            HttpResponse<String> second = browser.get("/page/page.css", "If-None-Match", tag);

            assertThat(first.body()).isNotEmpty();
            assertThat(second.statusCode()).isEqualTo(304);
            assertThat(second.body()).isEmpty();
            for (String path : List.of("/config", "/info", "/openapi.json", "/locale.json", "/nothing")) {
                assertThat(browser.get(path).headers().firstValue("cache-control"))
                        .as(path)
                        .hasValue("no-store");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/bot"})
    void behindAProxyThePathMayBeStrippedOrNot(String path) throws Exception {
        try (RunningPage page = upperCase().rootPath("/bot").port(0).quiet().launch();
                Browser browser = new Browser(page.port(), path)) {
            String[] proxied = {"Host", "inside", "X-Forwarded-Host", "bot.example", "X-Forwarded-Proto", "https"};

            assertThat(browser.getJson("/config", proxied).path("root").stringValue())
                    .isEqualTo("https://bot.example/bot");
            assertThat(browser.get("/", proxied).body()).contains("<base href=\"/bot/\">");
            assertThat(browser.post("/gradio_api/run/predict", "{'data':['a']}").body())
                    .contains("[\"A\"]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flags.csv", "flags.jsonl"})
    void flaggedSamplesAreAddedToAFile(String name) throws Exception {
        Path log = folder.resolve("logs").resolve(name);
        try (RunningPage page = upperCase()
                        .flagging(log, "wrong", "rude")
                        .port(0)
                        .quiet()
                        .launch();
                Browser browser = new Browser(page)) {
            String body = "{'inputs':['=1+1, again'],'outputs':['x'],'option':'wrong','comment':'why?'}";
            assertThat(browser.post("/flag", body).statusCode()).isEqualTo(200);
            assertThat(browser.post("/flag", body).statusCode()).isEqualTo(200);
            assertThat(browser.post("/flag", body.replace("wrong", "fine")).body())
                    .contains("expected one of");
            assertThat(browser.post("/flag", body.replace("['x']", "[]")).body())
                    .contains("expected one for each of");
        }

        List<String> lines = Files.readAllLines(log);
        if (name.endsWith(".csv")) {
            assertThat(lines).hasSize(3);
            assertThat(lines.getFirst())
                    .isEqualTo("\"input\",\"output\",\"flag\",\"comment\",\"username\",\"timestamp\"");
            assertThat(lines.getLast()).startsWith("\"'=1+1, again\",\"x\",\"wrong\",\"why?\",\"\",\"20");
        } else {
            assertThat(lines)
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("{\"input\":\"=1+1, again\",\"output\":\"x\","));
        }
    }

    @Test
    void withoutALogNothingIsFlagged() throws Exception {
        try (RunningPage page = upperCase().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            assertThat(browser.post("/flag", "{}").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void resultsMayComeFromStreamsIteratorsAndPublishers() throws Exception {
        Interface counting = Interface.of((String kind) -> switch (kind) {
                    case "stream" -> Stream.of("1", "2", "3");
                    case "iterator" -> List.of("1", "2", "3").iterator();
                    case "publisher" -> published();
                    default -> "none";
                })
                .inputs("text")
                .outputs("text");
        try (RunningPage page = counting.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            for (String kind : List.of("stream", "iterator", "publisher")) {
                String stream = browser.post("/stream/predict", "{'data':['" + kind + "']}")
                        .body();

                assertThat(Browser.messages(stream).stream()
                                .filter(message ->
                                        message.path("msg").stringValue().equals("process_generating")))
                        .as(kind)
                        .hasSize(3);
                assertThat(stream).contains("\"data\":[\"3\"],\"is_generating\":false");
            }
        }
    }

    private static SubmissionPublisher<String> published() {
        return new SubmissionPublisher<>(Runnable::run, 16) {
            @Override
            public void subscribe(Flow.Subscriber<? super String> subscriber) {
                super.subscribe(subscriber);
                List.of("1", "2", "3").forEach(this::submit);
                close();
            }
        };
    }

    @Test
    void aPageThatIsNotCompleteSaysWhatIsMissing() {
        assertThatThrownBy(() -> Interface.of((String a, String b) -> a + b)
                        .inputs("text")
                        .outputs("text")
                        .launch())
                .hasMessageContaining("2 parameters, but there are 1 inputs");
        assertThatThrownBy(() -> upperCase().inputs("sound")).hasMessageContaining("no component 'sound'");
        assertThatThrownBy(() -> Interface.of((String text, Object state) -> text)
                        .inputs(Component.named("text"), State.of(1))
                        .outputs("text")
                        .launch())
                .hasMessageContaining("a state among the inputs, but none among the outputs");
        assertThatThrownBy(() -> upperCase().outputs("text", "state").launch())
                .hasMessageContaining("needs one among the inputs");
        assertThatThrownBy(() -> upperCase().example("a", "b").launch()).hasMessageContaining("2 values for 1 inputs");
        assertThatThrownBy(() -> upperCase().theme("accent", "red;} body{")).hasMessageContaining("no CSS");
        assertThatThrownBy(() -> upperCase().apiName("a/b")).hasMessageContaining("'a/b'");
        assertThatThrownBy(() -> upperCase().rootPath("bot/")).hasMessageContaining("expected one such as /bot");
    }

    @Test
    void aFunctionWithAnotherNumberOfResultsFailsWithAMessageForItsAuthor() throws Exception {
        Interface wrong = Interface.of((String text) -> Outputs.of(text, text))
                .inputs("text")
                .outputs("text")
                .showErrors();
        try (RunningPage page = wrong.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            HttpResponse<String> response = browser.post("/run/predict", "{'data':['a']}");

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).contains("the function of /predict returned 2 values, expected 1");
        }
    }
}
