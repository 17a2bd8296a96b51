package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confab.engine.error.ConfabException;
import dev.confab.telegram.store.ChatKey;
import org.junit.jupiter.api.Test;

/** What fails between bot and Telegram, and what becomes of it. */
class TelegramFailuresTest extends StartedBot {
    @Test
    void tooManyRequestsAreMadeAgainWhenTelegramAllowsIt() {
        start();
        server.fail("sendMessage", Fault.tooMany(1), Fault.tooMany(1));
        server.says(ADA, "answer patient");

        awaitTexts(ADA, 1);
        assertThat(server.texts(ADA)).containsExactly("patient");
        assertThat(server.calls("sendMessage")).hasSize(3);
    }

    @Test
    void aGatewayThatFailsIsAskedAgain() {
        server.fail("getMe", Fault.badGateway());
        server.fail("getUpdates", Fault.badGateway(), new Fault.Cut(true));
        server.fail("sendMessage", Fault.badGateway());
        start();
        server.says(ADA, "answer stubborn");

        awaitTexts(ADA, 1);
        assertThat(server.texts(ADA)).containsExactly("stubborn");
    }

    @Test
    void whatMayHaveArrivedIsNotSentTwice() {
        start();
        server.fail("sendMessage", new Fault.Cut(true));
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
    void aTokenThatTelegramDoesNotKnowIsSaidSo() {
        builder.token(BotToken.of("123:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"));

        assertThatThrownBy(this::start)
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("BotFather")
                .hasMessageNotContaining("AAHdq");
    }

    @Test
    void aTokenThatIsRevokedEndsTheBot() throws Exception {
        TelegramBot bot = start();
        assertThat(bot.isRunning()).isTrue();
        assertThat(bot.isRevoked()).isFalse();
        server.revoke();
        bot.await();

        assertThat(bot.isRevoked()).isTrue();
        assertThat(bot.isRunning()).isFalse();
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
}
