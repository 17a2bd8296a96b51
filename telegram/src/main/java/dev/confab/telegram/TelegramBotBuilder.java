package dev.confab.telegram;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.persona.Persona;
import dev.confab.telegram.gif.GifOptions;
import dev.confab.telegram.gif.Giphy;
import dev.confab.telegram.store.BotStore;
import dev.confab.telegram.store.MemoryBotStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.net.URI;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts a bot together. Only the token must be given. Belongs to one thread. */
public final class TelegramBotBuilder {
    /** Telegram's own Bot API. */
    public static final URI API_URL = URI.create("https://api.telegram.org");

    final Chatbot chatbot;
    private @Nullable BotToken token;
    URI apiUrl = API_URL;
    BotStore store = new MemoryBotStore();
    Access access = Access.EVERYBODY;
    Limits limits = Limits.defaults();
    Pace pace = Pace.defaults();
    double groupRate;

    @Nullable
    Giphy giphy;

    GifOptions gifOptions = GifOptions.defaults();

    @Nullable
    WebhookOptions webhook;

    PersonaChoice personas = PersonaChoice.NONE;
    String privacyNotice = "";
    MeterRegistry metrics = new CompositeMeterRegistry();
    RandomGenerator random = RandomGenerator.getDefault();

    TelegramBotBuilder(Chatbot chatbot) {
        this.chatbot = chatbot;
    }

    /** The bot's token, from BotFather. */
    public TelegramBotBuilder token(BotToken secret) {
        token = secret;
        return this;
    }

    /** Where the Bot API is; {@link #API_URL} if unsaid. A server of one's own serves larger files, and tests. */
    public TelegramBotBuilder apiUrl(URI url) {
        apiUrl = url;
        return this;
    }

    /** Where conversations are kept; in memory if unsaid, and then they end with the process. */
    public TelegramBotBuilder store(BotStore where) {
        store = where;
        return this;
    }

    /** Who may talk to the bot; everybody if unsaid. */
    public TelegramBotBuilder access(Access who) {
        access = who;
        return this;
    }

    /** How much people may ask of it; {@link Limits#defaults} if unsaid. */
    public TelegramBotBuilder limits(Limits howMuch) {
        limits = howMuch;
        return this;
    }

    /** How fast it writes; {@link Pace#defaults} if unsaid. */
    public TelegramBotBuilder pace(Pace howFast) {
        pace = howFast;
        return this;
    }

    /**
     * How many messages of groups that are said to nobody in particular it answers; none if unsaid. Telegram shows it such
     * messages only if its privacy mode is off.
     *
     * @throws IllegalArgumentException if not 0 to 1
     */
    public TelegramBotBuilder groupRate(double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("groupRate is " + rate + ", expected 0 to 1");
        }
        groupRate = rate;
        return this;
    }

    /** Where GIFs come from; there are none if unsaid. */
    public TelegramBotBuilder gifs(Giphy from, GifOptions when) {
        giphy = from;
        gifOptions = when;
        return this;
    }

    /**
     * Who else the chatbot can be, as people choose with {@code /persona}; nobody if unsaid.
     *
     * @param choice by the ids that people can call them by besides their names, such as {@code robot}; in the order of the
     *     buttons
     * @throws IllegalArgumentException if a name is too long for a button, or there are two of the same name
     */
    public TelegramBotBuilder personas(SequencedMap<String, Persona> choice) {
        personas = new PersonaChoice(choice);
        return this;
    }

    /** Lets Telegram bring the updates, where the bot asks for them if unsaid. */
    public TelegramBotBuilder webhook(WebhookOptions how) {
        webhook = how;
        return this;
    }

    /** What {@code /privacy} says besides what the bot keeps, such as who runs it. */
    public TelegramBotBuilder privacyNotice(String text) {
        privacyNotice = text;
        return this;
    }

    /** Where the bot counts what it does; nowhere if unsaid. */
    public TelegramBotBuilder metrics(MeterRegistry registry) {
        metrics = registry;
        return this;
    }

    /** What decides by chance; must be usable from any thread. */
    public TelegramBotBuilder random(RandomGenerator generator) {
        random = generator;
        return this;
    }

    /**
     * Starts the bot. It answers what waits, and then what comes.
     *
     * @throws IllegalStateException if no token was given
     * @throws dev.confab.engine.error.ConfabException if Telegram does not know the token, or the webhook's port is taken
     */
    public TelegramBot start() {
        return TelegramBot.start(this);
    }

    BotToken token() {
        if (token == null) {
            throw new IllegalStateException("a bot needs its token; call token(...) first");
        }
        return token;
    }
}
