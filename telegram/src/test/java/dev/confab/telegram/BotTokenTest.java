package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.Chatbot;
import dev.confab.engine.error.ConfabException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BotTokenTest {
    private static final String SECRET = "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

    @TempDir
    Path folder;

    @Test
    void aTokenIsReadFromAFileAndNeverShown() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "110201543:" + SECRET + "\n");

        BotToken token = BotToken.read(file);

        assertThat(token.botId()).isEqualTo(110201543);
        assertThat(token.toString()).contains("110201543").doesNotContain(SECRET);
    }

    @Test
    void whatIsNoTokenIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> BotToken.of("my secret"))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("BotFather")
                .hasMessageNotContaining("secret");
    }

    /** At all levels of all loggers, those of the HTTP client included, with calls that succeed, fail, and are cut. */
    @Test
    void noLogEverHoldsTheTokenOrWhatWasSaid() {
        var records = Collections.synchronizedList(new ArrayList<String>());
        var handler = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                if (String.valueOf(logged.getLoggerName()).startsWith("com.sun.net.httpserver")) {
                    return; // the other side, which is told the token
                }
                records.add(logged.getMessage() + Arrays.toString(logged.getParameters()) + stack(logged.getThrown()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        Level before = root.getLevel();
        root.setLevel(Level.ALL);
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        try (var server = new BotApiServer();
                Chatbot chatbot = TestBots.chatbot().build()) {
            server.fail("sendMessage", Fault.badGateway(), new Fault.Cut(false));
            server.fail("getUpdates", Fault.error(409, "Conflict: terminated by other getUpdates request"));
            try (TelegramBot bot = TestBots.bot(chatbot, server).start()) {
                server.says(7, "answer topsecretwords");
                server.says(7, "answer topsecretwords");
                await().until(() -> server.texts(7).size() == 1);
                assertThat(bot.name()).isEqualTo(BotApiServer.NAME);
            }
        } finally {
            root.removeHandler(handler);
            root.setLevel(before);
        }

        assertThat(List.copyOf(records)).isNotEmpty().noneMatch(text -> text.contains(SECRET));
        assertThat(List.copyOf(records)).noneMatch(text -> text.contains("topsecretwords"));
        assertThat(List.copyOf(records))
                .filteredOn(text -> text.contains("another program"))
                .hasSize(1);
    }

    private static String stack(Throwable thrown) {
        var text = new StringBuilder();
        for (Throwable next = thrown; next != null; next = next.getCause()) {
            text.append(' ').append(next);
        }
        return text.toString();
    }
}
