package dev.confab.app;

import dev.confab.telegram.Access;
import dev.confab.telegram.Limits;
import dev.confab.telegram.TelegramBotBuilder;
import dev.confab.telegram.gif.GifOptions;
import dev.confab.telegram.gif.Giphy;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a bot behaves on Telegram, whatever it says. */
final class TelegramOptions {
    private static final Limits LIMITS = Limits.defaults();
    private static final GifOptions GIFS = GifOptions.defaults();

    @Option(
            names = "--allow",
            paramLabel = "ID",
            split = ",",
            description =
                    "only these people, and everybody in these chats, by Telegram's numbers; the bot tells strangers"
                            + " theirs")
    Set<Long> allow = new LinkedHashSet<>();

    @Option(names = "--block", paramLabel = "ID", split = ",", description = "never these people and chats")
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
            description = "how many messages of one person are answered in a minute (default: 20)")
    int perUser = LIMITS.perUserPerMinute();

    @Option(
            names = "--chat-messages-per-minute",
            paramLabel = "N",
            description = "how many messages are answered in one chat in a minute (default: 40)")
    int perChat = LIMITS.perChatPerMinute();

    @Option(
            names = "--longest-message",
            paramLabel = "CHARACTERS",
            description = "longer messages are not read (default: 2000)")
    int longestMessage = LIMITS.longestInput();

    @Option(
            names = "--replies-at-once",
            paramLabel = "N",
            description = "how many chats get their replies made at the same time (default: 8)")
    int repliesAtOnce = LIMITS.repliesAtOnce();

    @Option(
            names = "--gif-probability",
            paramLabel = "X",
            description = "how many short replies are followed by a GIF, 0 to 1 (default: 0.1)")
    double gifProbability = GIFS.probability();

    @Option(
            names = "--gif-words",
            paramLabel = "N",
            description = "how many words a short reply has at most (default: 10)")
    int gifWords = GIFS.mostWords();

    @Option(names = "--gif-replies", description = "answer with GIFs, the text below them")
    boolean gifReplies;

    @Option(names = "--gif-weirdness", paramLabel = "N", description = "how odd GIFs may be, 0 to 10 (default: 5)")
    int gifWeirdness = GIFS.weirdness();

    @Option(
            names = "--gif-rating",
            paramLabel = "RATING",
            defaultValue = "g",
            description = "g, pg, pg-13 or r (default: ${DEFAULT-VALUE})")
    String gifRating = "g";

    @Option(names = "--giphy-url", paramLabel = "URL", description = "GIPHY's address (default: https://api.giphy.com)")
    URI giphyUrl = Giphy.URL;

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

    /** Sets all of it. */
    void apply(TelegramBotBuilder bot, Surroundings surroundings) {
        try {
            bot.access(new Access(allow, block))
                    .groupRate(groupRate)
                    .limits(LIMITS.withRates(perUser, perChat)
                            .withLongestInput(longestMessage)
                            .withQueues(LIMITS.waitingPerChat(), repliesAtOnce))
                    .privacyNotice(privacyNotice);
            var gifs = new GifOptions(gifProbability, gifWords, gifReplies, gifWeirdness);
            String key = surroundings.variable("GIPHY_API_KEY", "");
            if (!key.isEmpty()) {
                bot.gifs(Giphy.of(key).withUrl(giphyUrl).withRating(gifRating), gifs);
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        if (apiUrl != null) {
            bot.apiUrl(apiUrl);
        }
    }
}
