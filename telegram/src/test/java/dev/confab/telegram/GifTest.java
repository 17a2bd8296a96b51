package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.Chatbot;
import dev.confab.engine.error.ConfabException;
import dev.confab.telegram.gif.GifOptions;
import dev.confab.telegram.gif.Giphy;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GifTest {
    private final BotApiServer server = new BotApiServer();
    private final GiphyServer gifs = new GiphyServer();
    private final Giphy giphy = Giphy.of(GiphyServer.KEY).withUrl(gifs.url()).withTimeout(Duration.ofMinutes(1));
    private final Chatbot chatbot = TestBots.chatbot().build();

    @AfterEach
    void close() {
        server.close();
        gifs.close();
        chatbot.close();
    }

    @Test
    void whoAsksForAGifGetsTextAndGifWithItsAttribution() {
        try (var bot = bot(new GifOptions(0, 10, false, 3))) {
            server.says(7, "@gif answer dancing cats");
            await().until(() -> server.calls("sendAnimation").size() == 1);

            assertThat(server.texts(7)).containsExactly("dancing cats", "Powered by GIPHY");
            assertThat(server.calls("sendAnimation").getFirst().parameters().get("animation"))
                    .isEqualTo(gifs.url() + "/cat.mp4");
            assertThat(gifs.queries())
                    .singleElement()
                    .asString()
                    .startsWith("/v1/gifs/translate?")
                    .contains("s=dancing+cats", "rating=g", "weirdness=3");
            assertThat(bot.waiting()).isZero();
        }
    }

    @Test
    void theCommandSearchesAndIsInTheMenu() {
        try (var bot = bot(GifOptions.defaults())) {
            server.says(7, "/gif dancing cat");
            await().until(() -> server.calls("sendAnimation").size() == 1);

            assertThat(gifs.queries())
                    .singleElement()
                    .asString()
                    .startsWith("/v1/gifs/search?")
                    .contains("q=dancing+cat");
            assertThat(server.calls("setMyCommands").getFirst().parameters().get("commands"))
                    .contains("\"gif\"");
            assertThat(bot.name()).isEqualTo(BotApiServer.NAME);
        }
    }

    @Test
    void shortRepliesAreFollowedByOneWithAProbabilityAndLongOnesNever() {
        try (var bot = bot(new GifOptions(1, 2, false, 5))) {
            server.says(7, "answer one two three");
            server.says(7, "answer one two");
            await().until(() -> server.calls("sendAnimation").size() == 1);

            assertThat(server.texts(7)).containsExactly("one two three", "one two", "Powered by GIPHY");
            assertThat(bot.waiting()).isZero();
        }
    }

    @Test
    void asReplyTheTextStandsBelowTheGif() {
        try (var bot = bot(new GifOptions(0, 10, true, 5))) {
            server.says(7, "answer yes");
            await().until(() -> server.texts(7).size() == 1);

            assertThat(server.texts(7)).containsExactly("yes\n\nPowered by GIPHY");
            assertThat(bot.waiting()).isZero();
        }
    }

    @Test
    void aGifThatTelegramCannotFetchLeavesTheText() {
        server.fail("sendAnimation", Fault.error(400, "Bad Request: failed to get HTTP URL content"));
        try (var bot = bot(new GifOptions(0, 10, true, 5))) {
            server.says(7, "answer yes");
            await().until(() -> server.texts(7).size() == 1);

            assertThat(server.texts(7)).containsExactly("yes");
            assertThat(bot.waiting()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = GiphyServer.Mood.class,
            names = {"EMPTY", "BROKEN", "NONSENSE", "SILENT"})
    void whateverGiphyDoesTheTextGoesOut(GiphyServer.Mood mood) {
        gifs.become(mood);
        Giphy impatient = mood == GiphyServer.Mood.SILENT ? giphy.withTimeout(Duration.ofMillis(500)) : giphy;
        var always = new GifOptions(1, 10, true, 5);
        try (var bot = TestBots.bot(chatbot, server).gifs(impatient, always).start()) {
            server.says(7, "answer yes");
            server.says(7, "/gif cat");
            await().until(() -> server.texts(7).size() == 2);

            assertThat(server.texts(7)).containsExactly("yes", Sentences.NO_GIF);
            assertThat(bot.waiting()).isZero();
        }
    }

    @Test
    void aWrongKeyGivesNoGifAndABlankOneIsRefused() {
        Giphy wrong = Giphy.of("wrong").withUrl(gifs.url());

        assertThat(wrong.search("cat", new Random(1))).isEmpty();
        assertThat(wrong.toString()).doesNotContain("wrong");
        assertThatThrownBy(() -> Giphy.of(" ")).isInstanceOf(ConfabException.class);
        assertThatThrownBy(() -> giphy.withRating("x"))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("pg-13");
    }

    private TelegramBot bot(GifOptions options) {
        return TestBots.bot(chatbot, server).gifs(giphy, options).start();
    }
}
