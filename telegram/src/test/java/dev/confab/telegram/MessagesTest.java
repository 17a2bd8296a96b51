package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.Chatbot;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said, changed and sent, and what comes back. */
class MessagesTest extends StartedBot {
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
            TelegramBot bot = TestBots.bot(slow, server).start();
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

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
