package dev.confab.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.ui.call.UserError;
import dev.confab.ui.component.Slider;
import dev.confab.ui.conversation.ConversationStore;
import dev.confab.ui.conversation.MemoryConversationStore;
import dev.confab.ui.conversation.StoredMessage;
import dev.confab.ui.conversation.StoredMessage.State;
import dev.confab.ui.conversation.Timings;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Conversations over HTTP, as the page keeps them. */
final class ConversationsTest {
    private static final String TURN =
            "{'data':['hello',7],'conversation':{'id':'c1','title':'hello','message':'m1','parent':'','reply':'r1'}}";

    private final ConversationStore store = new MemoryConversationStore(1 << 20, Duration.ofDays(1));

    private ChatInterface parrot() {
        return ChatInterface.streaming((turn, out) -> {
                    out.write("You ");
                    out.write("said " + turn.message() + " at " + turn.input("Volume"));
                })
                .additionalInputs(Slider.of("Volume", 0, 10))
                .conversations(store)
                .port(0)
                .quiet();
    }

    /** What the server calls a browser that comes for the first time. */
    private static String cookie(Browser browser) throws Exception {
        String cookie = browser.get("/").headers().firstValue("set-cookie").orElse("");
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Max-Age=34560000");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static String turn(String message, String parent, String reply) {
        return TURN.replace("m1", message).replace("r1", reply).replace("'parent':''", "'parent':'" + parent + "'");
    }

    private List<StoredMessage> messages(String cookie) {
        return store.load("browser:" + cookie.substring(cookie.indexOf('=') + 1), "c1")
                .orElseThrow()
                .messages();
    }

    @Test
    void aTurnIsKeptWithItsSettingsAndTimings() throws Exception {
        try (RunningPage page = parrot().launch();
                Browser browser = new Browser(page)) {
            String cookie = cookie(browser);
            HttpResponse<String> stream = browser.post("/stream/chat", TURN, "Cookie", cookie);
            assertThat(stream.headers().firstValue("confab-kept")).hasValue("yes");
            assertThat(stream.body()).contains("\"timings\":{\"first\":");

            JsonNode kept = browser.getJson("/conversations/c1", "Cookie", cookie);
            assertThat(kept.path("title").stringValue()).isEqualTo("hello");
            assertThat(kept.path("settings").toString()).isEqualTo("{\"Volume\":7}");
            assertThat(kept.path("created").longValue()).isPositive();
            assertThat(kept.at("/messages/0/text").stringValue()).isEqualTo("hello");
            JsonNode reply = kept.at("/messages/1");
            assertThat(reply.path("text").stringValue()).isEqualTo("You said hello at 7.0");
            assertThat(reply.path("state").stringValue()).isEqualTo("done");
            assertThat(reply.path("timings").path("unit").stringValue()).isEqualTo("words");
            JsonNode list = browser.getJson("/conversations", "Cookie", cookie);
            assertThat(list.at("/items/0/title").stringValue()).isEqualTo("hello");
            assertThat(list.path("next").isNull()).isTrue();
        }
    }

    @Test
    void aTurnWhoseBeginningIsUnknownIsNotKeptUntilThePageSendsTheWhole() throws Exception {
        try (RunningPage page = parrot().launch();
                Browser browser = new Browser(page)) {
            String cookie = cookie(browser);
            HttpResponse<String> stream = browser.post("/stream/chat", turn("m2", "r1", "r2"), "Cookie", cookie);
            assertThat(stream.headers().firstValue("confab-kept")).hasValue("no");
            assertThat(browser.get("/conversations/c1", "Cookie", cookie).statusCode())
                    .isEqualTo(404);

            String whole = "{'title':'t','messages':[{'id':'m1','parent':'','role':'user','text':'a','at':1},"
                    + "{'id':'r1','parent':'m1','role':'assistant','text':'b','at':2,'state':'done'}]}";
            assertThat(browser.send("PUT", "/conversations/c1", whole, "Cookie", cookie)
                            .statusCode())
                    .isEqualTo(200);
            browser.post("/stream/chat", turn("m2", "r1", "r2"), "Cookie", cookie);
            assertThat(messages(cookie)).extracting(StoredMessage::id).containsExactly("m1", "r1", "m2", "r2");
        }
    }

    @Test
    void aReplyIsKeptThoughItsTabIsGone() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        ChatInterface slow = ChatInterface.streaming((turn, out) -> {
                    out.write("one");
                    goOn.await();
                    out.write(" two");
                    out.measured(new Timings(0.5, 12.5, Timings.Unit.TOKENS));
                })
                .conversations(store);
        try (RunningPage page = slow.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            String cookie = cookie(browser);
            var stream = browser.open("/stream/chat", TURN.replace(",7", ""), "Cookie", cookie);
            assertThat(new String(stream.readNBytes(20), StandardCharsets.UTF_8))
                    .startsWith("id: ");
            StoredMessage running = messages(cookie).getLast();
            assertThat(running.state()).isEqualTo(State.RUNNING);
            assertThat(running.event()).matches("[0-9a-f]{32}");
            stream.close();
            goOn.countDown();

            await().until(() -> messages(cookie).getLast().state() == State.DONE);
            assertThat(messages(cookie).getLast().text()).isEqualTo("one two");
            assertThat(messages(cookie).getLast().timings()).isEqualTo(new Timings(0.5, 12.5, Timings.Unit.TOKENS));
        }
    }

    @Test
    void whatThereIsOfAReplyIsKeptWhileItIsComing() throws Exception {
        ChatInterface endless = ChatInterface.streaming((turn, out) -> {
                    out.write("The begin");
                    new CountDownLatch(1).await();
                })
                .conversations(store);
        try (RunningPage page = endless.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            String cookie = cookie(browser);
            try (var stream = browser.open("/stream/chat", TURN.replace(",7", ""), "Cookie", cookie)) {
                assertThat(stream.readNBytes(20)).hasSize(20);
                await().until(() -> messages(cookie).getLast().text().equals("The begin"));
                assertThat(messages(cookie).getLast().state()).isEqualTo(State.RUNNING);
            }
        }
    }

    @Test
    void aReplyThatWasCutByARestartEndsWhereItWas() throws Exception {
        String cookie;
        ChatInterface endless = ChatInterface.streaming((turn, out) -> new CountDownLatch(1).await());
        try (RunningPage page = endless.conversations(store).port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            cookie = cookie(browser);
            browser.open("/stream/chat", TURN.replace(",7", ""), "Cookie", cookie)
                    .readNBytes(20);
            String owner = "browser:" + cookie.substring(cookie.indexOf('=') + 1);
            // as a process leaves it that is killed
            StoredMessage running = messages(cookie).getLast().withText("The begin");
            page.stop();
            store.put(owner, "c1", List.of(running));
        }
        try (RunningPage page = parrot().launch();
                Browser browser = new Browser(page)) {
            JsonNode reply =
                    browser.getJson("/conversations/c1", "Cookie", cookie).at("/messages/1");

            assertThat(reply.path("text").stringValue()).isEqualTo("The begin");
            assertThat(reply.path("state").stringValue()).isEqualTo("failed");
            assertThat(reply.at("/error/kind").stringValue()).isEqualTo("lost");
        }
    }

    @Test
    void failuresAndStopsAreKeptAsWhatTheyAre() throws Exception {
        ChatInterface failing = ChatInterface.streaming((turn, out) -> {
                    out.write("The begin");
                    throw new UserError("The parrot is asleep.");
                })
                .conversations(store);
        try (RunningPage page = failing.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            String cookie = cookie(browser);
            browser.post("/stream/chat", TURN.replace(",7", ""), "Cookie", cookie);
            await().until(() -> messages(cookie).getLast().state() == State.FAILED);

            JsonNode reply =
                    browser.getJson("/conversations/c1", "Cookie", cookie).at("/messages/1");
            assertThat(reply.path("text").stringValue()).isEqualTo("The begin");
            assertThat(reply.path("error").toString())
                    .isEqualTo("{\"kind\":\"failed\",\"message\":\"The parrot is asleep.\"}");
        }
    }

    @Test
    void conversationsAreChangedDeletedAndRestored() throws Exception {
        try (RunningPage page = parrot().launch();
                Browser browser = new Browser(page)) {
            String cookie = cookie(browser);
            browser.post("/stream/chat", TURN, "Cookie", cookie);
            browser.post("/stream/chat", TURN.replace("'parent':'',", "").replace("r1", "r2"), "Cookie", cookie);
            await().until(() -> messages(cookie).getLast().state() == State.DONE);
            String one = "/conversations/c1";
            for (List<String> step : List.of(
                    List.of("PATCH", one, "{'title':'Greeting','settings':{'Volume':3}}"),
                    List.of("POST", one + "/messages/r1/choose", "{}"),
                    List.of("PUT", one + "/messages/r1/feedback", "{'option':'Dislike','comment':'dull'}"),
                    List.of("DELETE", one + "/messages/r2", ""),
                    List.of("DELETE", one, ""),
                    List.of("POST", one + "/restore", "{}"))) {
                assertThat(browser.send(step.get(0), step.get(1), step.get(2), "Cookie", cookie)
                                .statusCode())
                        .as(step.toString())
                        .isEqualTo(200);
            }

            JsonNode kept = browser.getJson(one, "Cookie", cookie);
            assertThat(kept.path("title").stringValue()).isEqualTo("Greeting");
            assertThat(kept.path("settings").toString()).isEqualTo("{\"Volume\":3}");
            assertThat(kept.path("messages")).hasSize(2);
            assertThat(kept.at("/messages/1/feedback/option").stringValue()).isEqualTo("Dislike");
            assertThat(kept.at("/messages/1/feedback/comment").stringValue()).isEqualTo("dull");
            assertThat(browser.getJson("/conversations?search=SAID", "Cookie", cookie)
                            .path("items"))
                    .hasSize(1);
            browser.send("DELETE", "/conversations", "", "Cookie", cookie);
            assertThat(browser.getJson("/conversations", "Cookie", cookie).path("items"))
                    .isEmpty();
        }
    }

    @Test
    void longListsComeInPages() throws Exception {
        try (RunningPage page = parrot().launch();
                Browser browser = new Browser(page)) {
            String cookie = cookie(browser);
            for (int i = 0; i < 5; i++) {
                browser.send(
                        "PUT", "/conversations/c" + i, "{'title':'" + i + "','updated':" + i + "}", "Cookie", cookie);
            }
            JsonNode first = browser.getJson("/conversations?limit=3", "Cookie", cookie);
            JsonNode second = browser.getJson(
                    "/conversations?limit=3&after=" + first.path("next").stringValue(), "Cookie", cookie);

            assertThat(first.path("items").findValuesAsString("title")).containsExactly("4", "3", "2");
            assertThat(second.path("items").findValuesAsString("title")).containsExactly("1", "0");
            assertThat(second.path("next").isNull()).isTrue();
        }
    }

    @Test
    void nobodySeesTheConversationsOfOthers() throws Exception {
        try (RunningPage page = parrot().launch();
                Browser browser = new Browser(page)) {
            String ann = cookie(browser);
            String bob = cookie(browser);
            browser.post("/stream/chat", TURN, "Cookie", ann);

            assertThat(browser.getJson("/conversations", "Cookie", bob).path("items"))
                    .isEmpty();
            for (String method : List.of("GET", "DELETE")) {
                assertThat(browser.send(method, "/conversations/c1", "", "Cookie", bob)
                                .statusCode())
                        .isEqualTo(404);
            }
            assertThat(browser.get("/conversations/c1", "Cookie", ann).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoLogsInHasTheSameConversationsInEveryBrowser() throws Exception {
        ChatInterface locked =
                ChatInterface.of((message, history) -> message).auth((user, password) -> password.equals("secret"));
        try (RunningPage page = locked.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            assertThat(browser.get("/conversations").statusCode()).isEqualTo(401);
            String first = browser.login("ann", "secret")
                    .headers()
                    .firstValue("set-cookie")
                    .orElse("");
            String second = browser.login("ann", "secret")
                    .headers()
                    .firstValue("set-cookie")
                    .orElse("");
            String bob = browser.login("bob", "secret")
                    .headers()
                    .firstValue("set-cookie")
                    .orElse("");
            browser.post("/stream/chat", TURN.replace(",7", ""), "Cookie", first.split(";", 2)[0]);

            for (Map.Entry<String, Integer> one : Map.of(second, 1, bob, 0).entrySet()) {
                assertThat(browser.getJson(
                                        "/conversations", "Cookie", one.getKey().split(";", 2)[0])
                                .path("items"))
                        .hasSize(one.getValue());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:3000, 403", "https://evil.example, 403", "own, 200"})
    void onlyThePageItselfSeesConversations(String origin, int status) throws Exception {
        try (RunningPage page = parrot().launch();
                Browser browser = new Browser(page)) {
            String from = origin.equals("own") ? page.url().toString() : origin;

            assertThat(browser.get("/conversations", "Origin", from).statusCode())
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'messages':[{'id':'m 1','parent':'','role':'user','text':'a'}]}",
                "{'messages':[{'id':'m1','parent':'m0','role':'user','text':'a'}]}",
                "{'messages':[{'id':'m1','parent':'','role':'nobody','text':'a'}]}",
                "{'messages':[{'id':'m1','role':'user'},{'id':'m1','role':'user'}]}",
                "{'messages':[{'id':'m1','role':'user','timings':{'first':-1,'unit':'words'}}]}",
                "[]"
            })
    void whatIsNoConversationIsRefused(String body) throws Exception {
        try (RunningPage page = parrot().launch();
                Browser browser = new Browser(page)) {
            assertThat(browser.send("PUT", "/conversations/c1", body).statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void aConversationThatIsTooLargeIsRefusedAndTheChatGoesOn() throws Exception {
        ChatInterface small = ChatInterface.of((message, history) -> message)
                .conversations(new MemoryConversationStore(4000, Duration.ofDays(1)));
        try (RunningPage page = small.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            String body = TURN.replace(",7", "").replace("'hello'", "'" + "x".repeat(2000) + "'");
            HttpResponse<String> stream = browser.post("/stream/chat", body);
            assertThat(stream.headers().firstValue("confab-kept")).hasValue("no");
            assertThat(stream.body()).contains("process_completed");

            String whole = "{'messages':[{'id':'m1','role':'user','text':'" + "x".repeat(2000) + "'}]}";
            HttpResponse<String> put = browser.send("PUT", "/conversations/c1", whole);
            assertThat(put.statusCode()).isEqualTo(507);
            assertThat(put.body()).contains("Begin a new one");
        }
    }

    @Test
    void aStoreThatFailsDoesNotStopTheChat() throws Exception {
        var broken = new FailingStore();
        broken.fail();
        ChatInterface chat = ChatInterface.of((message, history) -> message).conversations(broken.store());
        try (RunningPage page = chat.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            HttpResponse<String> stream = browser.post("/stream/chat", TURN.replace(",7", ""));

            assertThat(stream.headers().firstValue("confab-kept")).hasValue("no");
            assertThat(stream.body()).contains("\"data\":[\"hello\",null],\"is_generating\":false");
            assertThat(browser.get("/conversations").statusCode()).isEqualTo(500);
        }
    }

    @Test
    void aReplyWhoseEndCannotBeKeptComesAndSaysSo() throws Exception {
        var breaking = new FailingStore();
        ChatInterface chat = ChatInterface.of((message, history) -> {
                    breaking.fail();
                    return message;
                })
                .conversations(breaking.store());
        try (RunningPage page = chat.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            HttpResponse<String> stream = browser.post("/stream/chat", TURN.replace(",7", ""));

            assertThat(stream.body()).contains("\"data\":[\"hello\",null],\"is_generating\":false", "\"kept\":false");
        }
    }
}
