package dev.confab.telegram;

import dev.confab.telegram.gif.Gif;
import dev.confab.telegram.gif.GifOptions;
import dev.confab.telegram.gif.Giphy;
import dev.confab.telegram.store.ChatKey;
import dev.confab.telegram.store.ChatSettings;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides when a GIF goes out, and sends it. Usable from any thread. */
final class GifSender {
    private static final Pattern REQUEST = Pattern.compile("(?i)(?<!\\S)@gif\\b");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final @Nullable Giphy giphy;
    private final GifOptions options;
    private final RandomGenerator random;
    private final Outbox outbox;
    private final BotMetrics metrics;

    /**
     * A sender.
     *
     * @param giphy where GIFs come from; null for none ever
     */
    GifSender(@Nullable Giphy giphy, GifOptions options, RandomGenerator random, Outbox outbox, BotMetrics metrics) {
        this.giphy = giphy;
        this.options = options;
        this.random = random;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    boolean available() {
        return giphy != null;
    }

    /** How many of the short replies are followed by a GIF where nobody chose otherwise. */
    double rate() {
        return options.probability();
    }

    /** Whether somebody asks for a GIF. */
    static boolean isRequested(String text) {
        return REQUEST.matcher(text).find();
    }

    /** What somebody says besides asking for a GIF. */
    static String withoutRequest(String text) {
        return REQUEST.matcher(text).replaceAll(" ").strip();
    }

    /** The GIF that the reply itself is, if that is how the bot answers, and there is one. */
    Optional<Gif> inPlaceOf(String reply) {
        return giphy != null
                        && options.asReply()
                        && reply.length() + caption("").length() <= MessageParts.LONGEST_CAPTION
                ? giphy.translate(reply, options.weirdness())
                : Optional.empty();
    }

    /** Sends a GIF after a reply, if one was asked for, or chance wants it so. */
    void follow(ChatKey chat, String reply, boolean requested, ChatSettings settings) {
        if (giphy == null || !(requested || drawn(reply, settings))) {
            return;
        }
        giphy.translate(reply, options.weirdness()).ifPresent(gif -> send(chat, gif, "", 0, Api.Attempts.UNRECORDED));
    }

    /** One of the GIFs for some words. */
    Optional<Gif> find(String words) {
        return giphy == null ? Optional.empty() : giphy.search(words, random);
    }

    /** Sends a GIF with a text below it, and Giphy's name as its terms ask. */
    int send(ChatKey chat, Gif gif, String text, int answered, Api.Attempts attempts) {
        int message = outbox.animation(chat, gif, caption(text), answered, attempts);
        metrics.gif();
        return message;
    }

    private boolean drawn(String reply, ChatSettings settings) {
        Double chosen = settings.gifRate();
        double rate = chosen == null ? options.probability() : chosen;
        return SPACE.split(reply.strip()).length <= options.mostWords() && random.nextDouble() < rate;
    }

    private static String caption(String text) {
        return text.isEmpty() ? Giphy.ATTRIBUTION : text + "\n\n" + Giphy.ATTRIBUTION;
    }
}
