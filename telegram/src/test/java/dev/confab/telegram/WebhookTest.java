package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.Chatbot;
import dev.confab.engine.error.ConfabException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
    private static final String SECRET = "a-secret-of-the-webhook";

    private final BotApiServer server = new BotApiServer();
    private final Chatbot chatbot = TestBots.chatbot().build();
    private final HttpClient http = HttpClient.newHttpClient();
    private TelegramBot bot;

    @BeforeEach
    void start() {
        bot = TestBots.bot(chatbot, server)
                .webhook(new WebhookOptions(
                        URI.create("https://bot.example.org/telegram"),
                        SECRET,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
                .start();
    }

    @AfterEach
    void close() {
        bot.close();
        server.close();
        chatbot.close();
    }

    @Test
    void updatesThatAreBroughtAreAnsweredOnce() throws Exception {
        String update = BotApiServer.json(5, "message", server.privately(7).put("text", "answer brought"));

        assertThat(post(SECRET, update)).isEqualTo(200);
        assertThat(post(SECRET, update)).isEqualTo(200);
        assertThat(post(
                        SECRET,
                        BotApiServer.json(6, "message", server.privately(7).put("text", "answer next"))))
                .isEqualTo(200);

        await().until(() -> server.texts(7).size() >= 2);
        assertThat(server.texts(7)).containsExactly("brought", "next");
        assertThat(server.webhook()).isEqualTo("https://bot.example.org/telegram");
        assertThat(server.calls("setWebhook").getFirst().parameters()).containsEntry("secret_token", SECRET);
        assertThat(server.calls("getUpdates")).isEmpty();
    }

    @Test
    void whoDoesNotKnowTheSecretIsTurnedAway() throws Exception {
        String update = BotApiServer.json(5, "message", server.privately(7).put("text", "answer forged"));

        assertThat(post("another-secret-of-nobody", update)).isEqualTo(401);
        assertThat(post(SECRET, "{not json")).isEqualTo(400);
        assertThat(post(SECRET, "{}")).isEqualTo(400);
        assertThat(post(SECRET, "x".repeat((1 << 20) + 1))).isEqualTo(413);
        assertThat(server.texts(7)).isEmpty();
    }

    @Test
    void anAddressWithoutHttpsOrAWeakSecretIsRefused() {
        var listen = new InetSocketAddress(0);

        assertThatThrownBy(() -> new WebhookOptions(URI.create("http://x.org/"), SECRET, listen))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("https");
        assertThatThrownBy(() -> new WebhookOptions(URI.create("https://x.org/"), "short", listen))
                .isInstanceOf(ConfabException.class)
                .hasMessageNotContaining("'short'");
    }

    private int post(String secret, String body) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + bot.webhookPort().orElseThrow() + "/telegram"))
                .header("X-Telegram-Bot-Api-Secret-Token", secret)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }
}
