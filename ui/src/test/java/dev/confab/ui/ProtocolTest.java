package dev.confab.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.ui.component.Slider;
import dev.confab.ui.component.Textbox;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What goes over the wire, byte by byte where clients are particular. */
final class ProtocolTest {
    private static ChatInterface parrot() {
        return ChatInterface.of((message, history) -> Stream.of("You ", "said ", message + history.size()));
    }

    @Test
    void whoGoesAwayWhileAskingIsNoErrorOfTheServer() throws Exception {
        List<LogRecord> errors = new CopyOnWriteArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord record) {
                errors.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.confab.ui.http.PageServer");
        logger.addHandler(listener);
        try (RunningPage page = parrot().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            for (int i = 0; i < 5; i++) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port())) {
                    String half =
                            "POST /stream/chat HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{\"data\"";
                    socket.getOutputStream().write(half.getBytes(StandardCharsets.UTF_8));
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                }
            }
            assertThat(browser.post("/run/chat", "{'data':['hi']}").statusCode())
                    .isEqualTo(200);
        } finally {
            logger.removeHandler(listener);
        }

        assertThat(errors).extracting(LogRecord::getMessage).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/gradio_api"})
    void aCallThroughTheQueueStreamsInTheFormThatPythonsClientTakes(String prefix) throws Exception {
        try (RunningPage page = parrot().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            HttpResponse<String> join =
                    browser.post(prefix + "/queue/join", "{'data':['hi',null],'fn_index':1,'session_hash':'one'}");
            HttpResponse<String> data = browser.get(prefix + "/queue/data?session_hash=one");

            String id = Browser.json(join).path("event_id").stringValue();
            assertThat(id).matches("[0-9a-f]{32}");
            assertThat(data.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
            assertThat(data.body()).matches("(data: \\{.*}\n\n)+");
            List<JsonNode> messages = Browser.messages(data.body());
            assertThat(messages)
                    .extracting(message -> message.path("msg").stringValue())
                    .containsExactly(
                            "estimation",
                            "process_starts",
                            "process_generating",
                            "process_generating",
                            "process_generating",
                            "process_completed",
                            "close_stream");
            assertThat(messages.subList(0, 6))
                    .allSatisfy(message ->
                            assertThat(message.path("event_id").stringValue()).isEqualTo(id));
            assertThat(messages.get(2).at("/output/data").toString()).isEqualTo("[\"You \",null]");
            assertThat(messages.get(3).at("/output/data").toString()).isEqualTo("[[[\"append\",[],\"said \"]],[]]");
            assertThat(messages.get(5).at("/output/data").toString()).isEqualTo("[\"You said hi0\",null]");
        }
    }

    @Test
    void oneStreamCarriesAllCallsOfASession() throws Exception {
        try (RunningPage page = parrot().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            for (String text : List.of("a", "b", "c")) {
                browser.post("/queue/join", "{'data':['" + text + "',null],'fn_index':1,'session_hash':'one'}");
            }
            List<JsonNode> messages =
                    Browser.messages(browser.get("/queue/data?session_hash=one").body());

            assertThat(messages.stream()
                            .filter(message -> message.path("msg").stringValue().equals("process_completed"))
                            .map(message -> message.at("/output/data/0").stringValue()))
                    .containsExactly("You said a0", "You said b2", "You said c4");
            assertThat(messages.getLast().path("msg").stringValue()).isEqualTo("close_stream");
        }
    }

    @Test
    void curlGetsFullValues() throws Exception {
        try (RunningPage page = parrot().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            String id = Browser.json(browser.post("/gradio_api/call/chat", "{'data':['hi']}"))
                    .path("event_id")
                    .stringValue();
            String followed = browser.get("/gradio_api/call/chat/" + id).body();

            assertThat(followed).isEqualTo("""
                            event: generating
                            data: ["You "]

                            event: generating
                            data: ["You said "]

                            event: generating
                            data: ["You said hi0"]

                            event: complete
                            data: ["You said hi0"]

                            """);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    /call/v2/predict | {'name':'Ann','times':2}  | 200 | event_id
                    /call/v2/predict | {'times':2}               | 400 | needs a value for 'name'
                    /call/v2/predict | {'nam':'Ann'}             | 400 | no parameter 'nam'
                    /run/predict     | {'data':['Ann',2]}        | 200 | Hello Ann!!
                    /run/predict     | {'data':['Ann']}          | 200 | Hello Ann!
                    /api/predict     | {'data':['Ann',2]}        | 200 | Hello Ann!!
                    /run/predict     | {'data':['Ann',9]}        | 400 | 'Times' is 9, expected at most 5.0
                    /run/predict     | {'data':['Ann',2,3]}      | 400 | called with 3 arguments, expected 2
                    /run/predict     | {'data':'Ann'}            | 400 | expected a list of arguments
                    /run/predict     | {'data':[                 | 400 | not JSON
                    /run/predict     | [1]                       | 400 | not a JSON object
                    /run/nothing     | {'data':[]}               | 404 | there is no function /nothing
                    /queue/join      | {'data':[],'fn_index':0}  | 400 | fn_index is 0
                    /queue/join      | {'data':['a'],'fn_index':1} | 400 | session_hash has 0 characters
                    """)
    void argumentsAreCheckedAndErrorsSayWhatIsExpected(String path, String body, int status, String answer)
            throws Exception {
        Interface greeter = Interface.of((String name, Double times) -> "Hello " + name + "!".repeat(times.intValue()))
                .inputs(Textbox.of("Name"), Slider.of("Times", 1, 5))
                .outputs("text");
        try (RunningPage page = greeter.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            HttpResponse<String> response = browser.post("/gradio_api" + path, body);

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).contains(answer.replace("\"", "\\\""));
        }
    }

    @Test
    void aStreamThatWasCutOffGoesOnWhereItWas() throws Exception {
        CountDownLatch cutOff = new CountDownLatch(1);
        ChatInterface chat = ChatInterface.streaming((_, out) -> {
            out.write("one ");
            out.write("two ");
            cutOff.await();
            out.write("three");
        });
        try (RunningPage page = chat.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            String id = null;
            try (BufferedReader stream = new BufferedReader(new InputStreamReader(
                    browser.open("/stream/chat", "{'data':['hi'],'session_hash':'one'}"), StandardCharsets.UTF_8))) {
                for (String line = ""; !line.contains("two "); line = stream.readLine()) {
                    id = line.startsWith("id: ") ? line.substring("id: ".length()) : id;
                }
            }
            cutOff.countDown();
            String event = String.valueOf(id).split(":", 2)[0];
            HttpResponse<String> rest = browser.get("/stream/chat/" + event, "Last-Event-ID", String.valueOf(id));

            List<JsonNode> messages = Browser.messages(rest.body());
            assertThat(messages.getFirst().at("/output/data").toString()).isEqualTo("[[[\"append\",[],\"three\"]],[]]");
            assertThat(messages.getLast().at("/output/data/0").stringValue()).isEqualTo("one two three");
            HttpResponse<String> again = browser.get("/stream/chat/" + event + "?after=0");
            assertThat(Browser.messages(again.body()).getLast()).isEqualTo(messages.getLast());
        }
    }

    @Test
    void aTabThatIsGoneFreesItsWork() throws Exception {
        CountDownLatch freed = new CountDownLatch(1);
        ChatInterface chat = ChatInterface.streaming((_, out) -> {
                    CountDownLatch never = new CountDownLatch(1);
                    try {
                        while (!never.await(10, TimeUnit.MILLISECONDS)) {
                            out.write("and on ");
                        }
                    } finally {
                        freed.countDown();
                    }
                })
                .abandonedAfter(Duration.ofMillis(1));
        try (RunningPage page = chat.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            try (var stream = browser.open("/stream/chat", "{'data':['hi'],'session_hash':'one'}")) {
                assertThat(stream.readNBytes(100)).hasSize(100);
            }

            assertThat(freed.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void moreCallsThanTheQueueHoldsAreRefused() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        Interface slow = Interface.of((String text) -> {
                    running.incrementAndGet();
                    go.await();
                    return text;
                })
                .inputs("text")
                .outputs("text")
                .concurrencyLimit(2)
                .queueSize(1);
        try (RunningPage page = slow.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            for (int i = 0; i < 3; i++) {
                assertThat(browser.post("/call/predict", "{'data':['a']}").statusCode())
                        .isEqualTo(200);
            }
            HttpResponse<String> refused = browser.post("/call/predict", "{'data':['a']}");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("Queue is full");
            await().untilAsserted(() -> assertThat(running).hasValue(2));
            assertThat(browser.getJson("/queue/status").path("queue_size").intValue())
                    .isEqualTo(1);
            go.countDown();
            await().untilAsserted(() -> assertThat(running).hasValue(3));
        }
    }

    @Test
    void anEndpointOutsideTheApiIsNotFoundInJson() throws Exception {
        try (RunningPage page = parrot().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            HttpResponse<String> response = browser.get("/gradio_api/nothing");

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(Browser.json(response).path("detail").isString()).isTrue();
        }
    }
}
