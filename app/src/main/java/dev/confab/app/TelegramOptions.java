package dev.confab.app;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.persona.Persona;
import dev.confab.server.store.Database;
import dev.confab.telegram.Access;
import dev.confab.telegram.BotToken;
import dev.confab.telegram.Limits;
import dev.confab.telegram.TelegramBot;
import dev.confab.telegram.TelegramBotBuilder;
import dev.confab.telegram.store.DatabaseBotStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which bot on Telegram it is, and how it behaves there, whatever it says. */
final class TelegramOptions {
    private static final Limits LIMITS = Limits.defaults();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "file that holds the Telegram bot's token and nothing else (default: the variable TELEGRAM_BOT_TOKEN)")
    @Nullable
    Path tokenFile;

    @Option(
            names = "--choice-of-personas",
            paramLabel = "NAME_OR_FILE",
            split = ",",
            description = "who people on Telegram can choose with /persona (default: all that come with Confab)")
    List<String> personas = new ArrayList<>(Persona.shipped());

    @Option(
            names = "--allow",
            paramLabel = "ID",
            split = ",",
            description = "answer only these people, and everybody in these chats, by Telegram's numbers; the bot tells"
                    + " strangers theirs")
    Set<Long> allow = new LinkedHashSet<>();

    @Option(
            names = "--block",
            paramLabel = "ID",
            split = ",",
            description = "never answer these people and chats on Telegram")
    Set<Long> block = new LinkedHashSet<>();

    @Option(
            names = "--group-rate",
            paramLabel = "X",
            defaultValue = "0",
            description =
                    "how many messages of groups it answers that are said to nobody in particular, 0 to 1 (default:"
                            + " ${DEFAULT-VALUE}); BotFather's /setprivacy has to be off for it")
    double groupRate;

    @Option(
            names = "--messages-per-minute",
            paramLabel = "N",
            description = "how many messages of one person are answered in a minute (default: ${DEFAULT-VALUE})")
    int perUser = LIMITS.perUserPerMinute();

    @Option(
            names = "--chat-messages-per-minute",
            paramLabel = "N",
            description = "how many messages are answered in one chat in a minute (default: ${DEFAULT-VALUE})")
    int perChat = LIMITS.perChatPerMinute();

    @Option(
            names = "--longest-message",
            paramLabel = "CHARACTERS",
            description = "longer messages are not read (default: ${DEFAULT-VALUE})")
    int longestMessage = LIMITS.longestInput();

    @Option(
            names = "--replies-at-once",
            paramLabel = "N",
            description = "how many chats get their replies made at the same time (default: ${DEFAULT-VALUE})")
    int repliesAtOnce = LIMITS.repliesAtOnce();

    @Option(
            names = "--api-url",
            paramLabel = "URL",
            description = "the Bot API's address (default: https://api.telegram.org)")
    @Nullable
    URI apiUrl;

    @Option(
            names = "--privacy-notice",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "what /privacy says besides what the bot keeps, such as who runs it")
    String privacyNotice = "";

    @Mixin
    GiphyOptions gifs;

    @Mixin
    TelegramWebhookOptions webhook;

    /**
     * The token by which Telegram knows the bot.
     *
     * @throws UsageException if there is none
     */
    BotToken token(Surroundings surroundings) {
        if (tokenFile != null) {
            return BotToken.read(tokenFile);
        }
        String token = surroundings.variable("TELEGRAM_BOT_TOKEN", "");
        if (token.isEmpty()) {
            throw new UsageException(
                    "no token; talk to @BotFather on Telegram (/newbot), and put the token that it gives"
                            + " you into TELEGRAM_BOT_TOKEN, or into a file for --token-file");
        }
        return BotToken.of(token);
    }

    /**
     * The bot, put together.
     *
     * @throws UsageException if a value is none that can be
     */
    TelegramBotBuilder bot(Chatbot chatbot, Database database, BotToken token, Surroundings surroundings)
            throws IOException {
        TelegramBotBuilder bot = TelegramBot.builder(chatbot).token(token);
        try {
            bot.access(new Access(allow, block))
                    .groupRate(groupRate)
                    .limits(LIMITS.withRates(perUser, perChat)
                            .withLongestInput(longestMessage)
                            .withQueues(LIMITS.waitingPerChat(), repliesAtOnce))
                    .personas(Personas.byId(personas))
                    .privacyNotice(privacyNotice);
            gifs.apply(bot, surroundings);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        webhook.webhook().ifPresent(bot::webhook);
        if (apiUrl != null) {
            bot.apiUrl(apiUrl);
        }
        return bot.store(DatabaseBotStore.open(database, token.botId()));
    }
}
