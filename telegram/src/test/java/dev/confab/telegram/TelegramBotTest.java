package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Incident;
import dev.confab.dialogue.persona.Persona;
import dev.confab.engine.error.ConfabException;
import dev.confab.telegram.BotApiServer.Call;
import dev.confab.telegram.store.ChatKey;
import dev.confab.telegram.store.MemoryBotStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TelegramBotTest {
    private static final long ADA = 7;
    private static final long BOB = 8;

    private final BotApiServer server = new BotApiServer();
    private final Chatbot chatbot = TestBots.chatbot().build();
    private final MemoryBotStore store = new MemoryBotStore();
    private final TelegramBotBuilder builder = TestBots.bot(chatbot, server).store(store);
    private final List<Incident> incidents = new CopyOnWriteArrayList<>();
    private @Nullable Chatbot reporting;
    private @Nullable TelegramBot bot;

    @BeforeAll
    static void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        if (bot != null) {
            bot.close();
        }
        server.close();
        chatbot.close();
        if (reporting != null) {
            reporting.close();
        }
    }

    @Test
    void aMessageIsAnsweredByTheModelAndConfirmed() {
        start();
        server.says(ADA, "hello");

        awaitTexts(ADA, 1);
        assertThat(server.texts(ADA)).noneMatch(String::isBlank);
        await().until(() -> server.unconfirmed() == 0);
        assertThat(server.calls("sendChatAction"))
                .first()
                .satisfies(call -> assertThat(call.parameters()).containsEntry("action", "typing"));
        assertThat(server.calls("sendMessage").getFirst().parameters())
                .doesNotContainKeys("parse_mode", "reply_parameters");
    }

    @Test
    void theCommandMenuIsRegisteredAtTheStart() {
        start();

        assertThat(server.calls("setMyCommands"))
                .singleElement()
                .satisfies(call -> assertThat(call.parameters().get("commands"))
                        .contains("start", "reset", "retry", "undo", "persona", "settings", "privacy", "forget", "help")
                        .doesNotContain("\"gif\""));
    }

    @Test
    void manyChatsAreAnsweredEachInOrder() {
        start();
        for (int i = 1; i <= 5; i++) {
            for (long person = 1; person <= 20; person++) {
                server.says(person, "answer " + person + "." + i);
            }
        }

        for (long person = 1; person <= 20; person++) {
            awaitTexts(person, 5);
            long who = person;
            assertThat(server.texts(person))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 5)
                            .mapToObj(i -> who + "." + i)
                            .toList());
        }
    }

    @Test
    void aChatThatWritesALotDoesNotHoldUpTheOthers() {
        var inTheMaking = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (Chatbot slow = TestBots.chatbot()
                .inputFilter(text -> {
                    if (text.endsWith("slow")) {
                        inTheMaking.countDown();
                        awaitLatch(go);
                    }
                    return TestBots.told(text);
                })
                .build()) {
            bot = TestBots.bot(slow, server).start();
            server.says(ADA, "answer slow");
            server.says(ADA, "answer second");
            awaitLatch(inTheMaking);
            server.says(BOB, "answer quick");

            awaitTexts(BOB, 1);
            assertThat(server.texts(ADA)).isEmpty();
            go.countDown();
            awaitTexts(ADA, 2);
            assertThat(server.texts(ADA)).containsExactly("slow", "second");
            bot.close();
        }
    }

    @Test
    void aLongReplyComesInPartsThatTelegramTakes() {
        start();
        server.says(ADA, "long 1200");

        awaitTexts(ADA, 3);
        assertThat(server.texts(ADA))
                .hasSize(3)
                .allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(4096));
        assertThat(String.join(" ", server.texts(ADA))).startsWith("word1 ").endsWith("word1200.");
        assertThat(server.texts(ADA).getFirst()).endsWith(".");
    }

    @Test
    void whatLooksLikeMarkupGoesOutAsItIs() {
        start();
        server.says(ADA, "answer *not bold* _nor_ [this](x) <b>&amp; \\that` 😀");

        awaitTexts(ADA, 1);
        assertThat(server.texts(ADA)).containsExactly("*not bold* _nor_ [this](x) <b>&amp; \\that` 😀");
    }

    @Test
    void anEditedMessageGetsAnotherReplyInTheSamePlace() {
        start();
        server.says(ADA, "answer first");
        int message = server.says(ADA, "answer seconf");
        awaitTexts(ADA, 2);
        server.edits(ADA, message, "answer second");

        await().until(() -> server.texts(ADA).contains("second"));
        assertThat(server.texts(ADA)).containsExactly("first", "second");
        await().untilAsserted(() ->
                assertThat(transcript(ADA)).contains("answer second").doesNotContain("seconf"));
    }

    @Test
    void anEditWhoseReplyWasDeletedGetsANewOne() {
        start();
        int message = server.says(ADA, "answer first");
        awaitTexts(ADA, 1);
        server.remove(server.messages(ADA).getFirst().id());
        server.edits(ADA, message, "answer second");

        awaitTexts(ADA, 1);
        assertThat(server.texts(ADA)).containsExactly("second");
    }

    @Test
    void aPersonaIsChosenByItsName() {
        builder.personas(List.of(Persona.shipped("captain"), Persona.shipped("robot")));
        start();
        server.says(ADA, "/persona captain");
        awaitTexts(ADA, 1);

        assertThat(server.texts(ADA).getFirst()).contains("Captain Mara");
        assertThat(server.calls("sendMessage").getFirst().parameters().get("reply_markup"))
                .contains(
                        "✓ " + Persona.shipped("captain").name(),
                        "p:" + Persona.shipped("robot").name());
        server.says(ADA, "hello");
        awaitTexts(ADA, 2);
        assertThat(store.chat(new ChatKey(ADA, 0)).orElseThrow().settings().persona())
                .isEqualTo(Persona.shipped("captain").name());
    }

    @Test
    void anEditOfAnOldMessageChangesNothing() {
        start();
        int old = server.says(ADA, "answer first");
        server.says(ADA, "answer second");
        awaitTexts(ADA, 2);
        server.edits(ADA, old, "answer changed");
        server.says(ADA, "answer third");

        awaitTexts(ADA, 3);
        assertThat(server.texts(ADA)).containsExactly("first", "second", "third");
    }

    @Test
    void anAlbumIsAnsweredOnceByItsCaption() {
        for (String caption : List.of("", "answer nice", "")) {
            var photo = server.privately(ADA).put("media_group_id", "77");
            photo.putArray("photo")
                    .addObject()
                    .put("file_id", "f")
                    .put("file_unique_id", "u")
                    .put("width", 1)
                    .put("height", 1);
            server.message(caption.isEmpty() ? photo : photo.put("caption", caption));
        }
        server.says(ADA, "answer after");
        start();

        await().until(() -> server.texts(ADA).contains("after"));
        assertThat(server.texts(ADA)).containsExactly("nice", "after");
    }

    @Test
    void whatIsNoTextGetsAFriendlyAnswer() {
        start();
        var sticker = server.privately(ADA);
        sticker.putObject("sticker").put("file_id", "f").put("emoji", "😀");
        server.message(sticker);
        var voice = server.privately(ADA);
        voice.putObject("voice").put("file_id", "f").put("duration", 1);
        server.message(voice);
        var photo = server.privately(ADA);
        photo.putArray("photo").addObject().put("file_id", "f");
        server.message(photo);

        awaitTexts(ADA, 3);
        assertThat(server.texts(ADA).get(0)).contains("sticker");
        assertThat(server.texts(ADA).get(1)).contains("hear");
        assertThat(server.texts(ADA).get(2)).contains("pictures");
    }

    @Test
    void commandsStartAnewTakeBackAndRetry() {
        start();
        for (String text : List.of(
                "/start",
                "answer one",
                "/undo",
                "/undo",
                "answer two",
                "/retry",
                "/reset",
                "/retry",
                "/help",
                "/privacy",
                "/gif cats",
                "/nonsense")) {
            server.says(ADA, text);
        }

        awaitTexts(ADA, 12);
        List<String> texts = server.texts(ADA);
        assertThat(texts.get(0)).contains("I am Talky");
        assertThat(texts.get(2)).contains("answer one");
        assertThat(texts.get(3)).isEqualTo(Sentences.NOTHING_TO_UNDO);
        assertThat(texts.get(5)).isNotBlank();
        assertThat(texts.get(6)).isEqualTo(Sentences.NEW_CONVERSATION);
        assertThat(texts.get(7)).isEqualTo(Sentences.NOTHING_TO_RETRY);
        assertThat(texts.get(8)).contains("/privacy").doesNotContain("/gif");
        assertThat(texts.get(9)).contains("/forget");
        assertThat(texts.get(10)).isEqualTo(Sentences.NO_GIFS);
        assertThat(texts.get(11)).contains("/nonsense", "/help");
    }

    @Test
    void forgetLeavesNothing() {
        start();
        server.says(ADA, "answer secret");
        awaitTexts(ADA, 1);
        await().untilAsserted(() -> assertThat(transcript(ADA)).contains("secret"));
        server.says(ADA, "/forget");

        awaitTexts(ADA, 2);
        await().until(() -> store.unfinished().isEmpty());
        assertThat(store.chat(new ChatKey(ADA, 0))).isEmpty();
    }

    @Test
    void settingsAreChosenWithButtonsAndKept() {
        start();
        server.says(ADA, "/settings");
        awaitTexts(ADA, 1);
        Call shown = server.calls("sendMessage").getFirst();
        assertThat(shown.parameters().get("reply_markup")).contains("t:0.7", "callback_data");
        server.presses(ADA, server.messages(ADA).getFirst().id(), "t:0.7");

        await().until(() -> server.texts(ADA).getFirst().contains("Temperature: 0.7"));
        assertThat(server.calls("answerCallbackQuery")).hasSize(1);
        assertThat(store.chat(new ChatKey(ADA, 0)).orElseThrow().settings().temperature())
                .isEqualTo(0.7);
        assertThat(server.calls("editMessageText").getLast().parameters().get("reply_markup"))
                .contains("✓ 0.7");
    }

    @Test
    void inGroupsItAnswersWhoMeansIt() {
        start();
        long group = -1001;
        server.message(server.inGroup(group, ADA).put("text", "answer to nobody"));
        var mention = server.inGroup(group, ADA).put("text", "@talkytestbot, answer mention");
        mention.putArray("entities")
                .addObject()
                .put("type", "mention")
                .put("offset", 0)
                .put("length", 13);
        int mentioned = server.message(mention);
        var reply = server.inGroup(group, BOB).put("text", "answer reply");
        var answered = server.inGroup(group, BOB).put("text", "before");
        answered.putObject("from")
                .put("id", BotApiServer.BOT)
                .put("is_bot", true)
                .put("first_name", "Talky");
        reply.set("reply_to_message", answered);
        server.message(reply);
        server.message(server.inGroup(group, ADA).put("text", "/help@SomeOtherBot"));
        server.message(server.inGroup(group, ADA).put("text", "/nonsense"));
        var robot = server.inGroup(group, 99).put("text", "@TalkyTestBot answer robot");
        robot.putObject("from").put("id", 99).put("is_bot", true).put("first_name", "Robot");
        robot.putArray("entities")
                .addObject()
                .put("type", "mention")
                .put("offset", 0)
                .put("length", 13);
        server.message(robot);
        server.message(server.inGroup(group, ADA).put("text", "/reset@TalkyTestBot"));

        awaitTexts(group, 3);
        assertThat(server.texts(group)).containsExactly("mention", "reply", Sentences.NEW_CONVERSATION);
        assertThat(server.calls("sendMessage").getFirst().parameters().get("reply_parameters"))
                .contains("\"message_id\":" + mentioned);
    }

    @Test
    void atARateItAnswersWhatIsSaidToNobody() {
        builder.groupRate(1);
        start();
        server.message(server.inGroup(-5, ADA).put("text", "answer nobody asked"));

        awaitTexts(-5, 1);
        assertThat(server.texts(-5)).containsExactly("nobody asked");
    }

    @Test
    void eachTopicOfAForumHasItsOwnConversation() {
        start();
        for (int topic : List.of(11, 12)) {
            var message = server.inGroup(-6, ADA).put("text", "@TalkyTestBot answer topic " + topic);
            message.put("is_topic_message", true).put("message_thread_id", topic);
            message.putArray("entities")
                    .addObject()
                    .put("type", "mention")
                    .put("offset", 0)
                    .put("length", 13);
            server.message(message);
        }

        awaitTexts(-6, 2);
        assertThat(server.calls("sendMessage"))
                .allSatisfy(call -> assertThat(call.text())
                        .isEqualTo("topic " + call.parameters().get("message_thread_id")));
        await().until(() -> store.unfinished().isEmpty());
        assertThat(store.chat(new ChatKey(-6, 11)).orElseThrow().transcript())
                .contains("topic 11")
                .doesNotContain("topic 12");
    }

    @Test
    void aGroupThatBecomesASupergroupKeepsItsConversation() {
        start();
        var message = server.inGroup(-9, ADA).put("text", "@TalkyTestBot answer before");
        message.putArray("entities")
                .addObject()
                .put("type", "mention")
                .put("offset", 0)
                .put("length", 13);
        server.message(message);
        awaitTexts(-9, 1);
        await().until(() -> store.unfinished().isEmpty());
        server.message(server.inGroup(-9, ADA).put("migrate_to_chat_id", -1009L));

        await().until(() -> store.chat(new ChatKey(-1009, 0)).isPresent());
        assertThat(store.chat(new ChatKey(-1009, 0)).orElseThrow().transcript()).contains("before");
        assertThat(store.chat(new ChatKey(-9, 0))).isEmpty();
    }

    @Test
    void tooManyRequestsAreMadeAgainWhenTelegramAllowsIt() {
        start();
        server.fail("sendMessage", BotApiServer.Fault.tooMany(1), BotApiServer.Fault.tooMany(1));
        server.says(ADA, "answer patient");

        awaitTexts(ADA, 1);
        assertThat(server.texts(ADA)).containsExactly("patient");
        assertThat(server.calls("sendMessage")).hasSize(3);
    }

    @Test
    void aGatewayThatFailsIsAskedAgain() {
        server.fail("getMe", BotApiServer.Fault.badGateway());
        server.fail("getUpdates", BotApiServer.Fault.badGateway(), new BotApiServer.Fault.Cut(true));
        server.fail("sendMessage", BotApiServer.Fault.badGateway());
        start();
        server.says(ADA, "answer stubborn");

        awaitTexts(ADA, 1);
        assertThat(server.texts(ADA)).containsExactly("stubborn");
    }

    @Test
    void whatMayHaveArrivedIsNotSentTwice() {
        start();
        server.fail("sendMessage", new BotApiServer.Fault.Cut(true));
        server.says(ADA, "answer once");
        server.says(ADA, "answer next");

        awaitTexts(ADA, 2);
        assertThat(server.texts(ADA)).containsExactly("once", "next");
        assertThat(server.calls("sendMessage")).hasSize(2);
    }

    @Test
    void whoBlocksTheBotIsLeftAloneAndOthersDoNotNotice() {
        server.block(ADA);
        start();
        server.says(ADA, "answer a");
        server.says(BOB, "answer b");

        awaitTexts(BOB, 1);
        await().until(() ->
                store.chat(new ChatKey(ADA, 0)).filter(chat -> chat.blocked()).isPresent());
        server.unblock(ADA);
        server.says(ADA, "answer again");
        awaitTexts(ADA, 1);
        await().until(() -> !store.chat(new ChatKey(ADA, 0)).orElseThrow().blocked());
    }

    @Test
    void ratesAreLimitedAndSaidOnce() {
        var metrics = new SimpleMeterRegistry();
        builder.limits(TestBots.LIMITS.withRates(2, 1000)).metrics(metrics);
        start();
        for (int i = 1; i <= 6; i++) {
            server.says(ADA, "answer " + i);
        }
        server.says(BOB, "answer b");

        await().until(() ->
                metrics.counter("confab.telegram.dropped", "reason", "rate").count() >= 4);
        awaitTexts(BOB, 1);
        assertThat(server.texts(ADA)).containsExactly("1", "2", Sentences.TOO_FAST);
    }

    @Test
    void aFullMailboxDropsWhatComesAndSaysSo() {
        builder.limits(TestBots.LIMITS.withQueues(3, 8));
        for (int i = 1; i <= 30; i++) {
            server.says(ADA, "answer " + i);
        }
        start();

        await().until(() -> server.texts(ADA).contains(Sentences.OVERFLOWED));
        assertThat(server.texts(ADA)).startsWith("1").hasSizeLessThan(31);
    }

    @Test
    void strangersAreToldTheirNumberAndTheBlockedNothing() {
        builder.access(new Access(Set.of(ADA), Set.of(9L)));
        start();
        server.says(9, "answer blocked");
        server.says(BOB, "answer stranger");
        server.says(ADA, "answer friend");

        awaitTexts(ADA, 1);
        awaitTexts(BOB, 1);
        assertThat(server.texts(BOB)).containsExactly(Sentences.notAllowed(BOB));
        assertThat(server.texts(9)).isEmpty();
    }

    @Test
    void aMessageThatIsTooLongIsRefusedKindly() {
        builder.limits(TestBots.LIMITS.withLongestInput(20));
        start();
        server.says(ADA, "answer " + "x".repeat(20));

        awaitTexts(ADA, 1);
        assertThat(server.texts(ADA)).containsExactly(Sentences.tooLong(20));
    }

    @Test
    void aTokenThatTelegramDoesNotKnowIsSaidSo() {
        builder.token(BotToken.of("123:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"));

        assertThatThrownBy(this::start)
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("BotFather")
                .hasMessageNotContaining("AAHdq");
    }

    @Test
    void itGoesOnAfterARestartAndWritesToNobodyUnasked() {
        start();
        server.says(ADA, "answer before");
        awaitTexts(ADA, 1);
        await().until(() -> store.unfinished().isEmpty());
        closeBot();
        server.says(ADA, "answer while away");
        int callsBefore = server.calls("sendMessage").size();
        start();

        awaitTexts(ADA, 2);
        server.says(ADA, "/undo");
        awaitTexts(ADA, 3);
        assertThat(server.texts(ADA).get(2)).contains("while away");
        assertThat(server.calls("sendMessage")).hasSize(callsBefore + 2);
        await().untilAsserted(() -> assertThat(transcript(ADA)).contains("answer before"));
    }

    @Test
    void aStoreThatFailsBeforeTheAnswerIsToldToThePersonAndTheOperator() {
        var failing = new FailingBotStore(store, () -> true);
        startWith(failing);
        server.says(ADA, "answer hello");

        awaitTexts(ADA, 1);
        assertThat(server.texts(ADA)).containsExactly(Sentences.IN_TROUBLE);
        assertThat(incidents)
                .isNotEmpty()
                .allMatch(incident -> incident.part() == Incident.Part.STORE
                        && incident.conversation().equals("telegram 7")
                        && incident.message().contains("the disk is full"));

        failing.mend();
        server.says(ADA, "answer better");
        awaitTexts(ADA, 2);
        assertThat(server.texts(ADA).get(1)).isEqualTo("better");
    }

    @Test
    void aStoreThatFailsAfterTheAnswerCostsNobodyTheAnswer() {
        startWith(new FailingBotStore(store, () -> !server.texts(ADA).isEmpty()));
        server.says(ADA, "answer hello");

        await().until(() -> !incidents.isEmpty());
        closeBot();
        assertThat(server.texts(ADA)).containsExactly("hello");
        assertThat(incidents).allMatch(incident -> incident.part() == Incident.Part.STORE);
    }

    private void startWith(FailingBotStore failing) {
        reporting = TestBots.chatbot().incidents(incidents::add).build();
        bot = TestBots.bot(reporting, server).store(failing.store()).start();
    }

    private void start() {
        bot = builder.start();
    }

    private void closeBot() {
        if (bot != null) {
            bot.close();
            bot = null;
        }
    }

    private String transcript(long chat) {
        return store.chat(new ChatKey(chat, 0)).orElseThrow().transcript();
    }

    private void awaitTexts(long chat, int number) {
        await().untilAsserted(() -> assertThat(server.texts(chat)).hasSizeGreaterThanOrEqualTo(number));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
