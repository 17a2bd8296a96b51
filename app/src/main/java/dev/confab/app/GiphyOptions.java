package dev.confab.app;

import dev.confab.telegram.TelegramBotBuilder;
import dev.confab.telegram.gif.GifOptions;
import dev.confab.telegram.gif.Giphy;
import java.net.URI;
import picocli.CommandLine.Option;

/** When a bot answers with GIFs, and which. */
final class GiphyOptions {
    private static final GifOptions GIFS = GifOptions.defaults();

    @Option(
            names = "--gif-probability",
            paramLabel = "X",
            description = "how many short replies are followed by a GIF, 0 to 1 (default: ${DEFAULT-VALUE})")
    double gifProbability = GIFS.probability();

    @Option(
            names = "--gif-words",
            paramLabel = "N",
            description = "how many words a short reply has at most (default: ${DEFAULT-VALUE})")
    int gifWords = GIFS.mostWords();

    @Option(names = "--gif-replies", description = "answer with GIFs, the text below them")
    boolean gifReplies;

    @Option(
            names = "--gif-weirdness",
            paramLabel = "N",
            description = "how odd GIFs may be, 0 to 10 (default: ${DEFAULT-VALUE})")
    int gifWeirdness = GIFS.weirdness();

    @Option(
            names = "--gif-rating",
            paramLabel = "RATING",
            defaultValue = "g",
            description = "g, pg, pg-13 or r (default: ${DEFAULT-VALUE})")
    String gifRating = "g";

    @Option(names = "--giphy-url", paramLabel = "URL", description = "GIPHY's address (default: ${DEFAULT-VALUE})")
    URI giphyUrl = URI.create(Giphy.URL);

    /**
     * Gives GIFs to a bot, if there is a key for them.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    void apply(TelegramBotBuilder bot, Surroundings surroundings) {
        var gifs = new GifOptions(gifProbability, gifWords, gifReplies, gifWeirdness);
        String key = surroundings.variable("GIPHY_API_KEY", "");
        if (!key.isEmpty()) {
            bot.gifs(Giphy.of(key).withUrl(giphyUrl).withRating(gifRating), gifs);
        }
    }
}
