package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.Chatbot;
import dev.confab.telegram.store.ChatKey;
import dev.confab.telegram.store.MemoryBotStore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Tests of a bot that a real Bot API server has in its chats; it is closed after each. */
abstract class StartedBot {
    static final long ADA = 7;
    static final long BOB = 8;

    final BotApiServer server = new BotApiServer();
    final Chatbot chatbot = chatbot();
    final MemoryBotStore store = new MemoryBotStore();
    final TelegramBotBuilder builder = TestBots.bot(chatbot, server).store(store);
    private @Nullable TelegramBot bot;

    /** What the bot says. */
    Chatbot chatbot() {
        return TestBots.chatbot().build();
    }

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(60, TimeUnit.SECONDS);
    }

    @AfterEach
    final void closeAll() {
        closeBot();
        server.close();
        chatbot.close();
    }

    final TelegramBot start() {
        TelegramBot started = builder.start();
        bot = started;
        return started;
    }

    final void closeBot() {
        if (bot != null) {
            bot.close();
            bot = null;
        }
    }

    /** What is kept of a conversation. */
    final String transcript(long chat) {
        return store.chat(new ChatKey(chat, 0)).orElseThrow().transcript();
    }

    /** The persona that was chosen in a chat; null if none was. */
    final @Nullable String persona(long chat) {
        return store.chat(new ChatKey(chat, 0)).orElseThrow().settings().persona();
    }

    /** Waits until the bot has so many messages in a chat. */
    final void awaitTexts(long chat, int number) {
        await().untilAsserted(() -> assertThat(server.texts(chat)).hasSizeGreaterThanOrEqualTo(number));
    }
}
