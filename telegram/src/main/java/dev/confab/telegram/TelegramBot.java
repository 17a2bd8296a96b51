package dev.confab.telegram;

import com.pengrad.telegrambot.model.BotCommand;
import com.pengrad.telegrambot.model.User;
import com.pengrad.telegrambot.request.DeleteWebhook;
import com.pengrad.telegrambot.request.GetMe;
import com.pengrad.telegrambot.request.SetMyCommands;
import com.pengrad.telegrambot.request.SetWebhook;
import dev.confab.dialogue.Chatbot;
import dev.confab.engine.error.ConfabException;
import dev.confab.telegram.ApiException.Failure;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A chatbot on Telegram, from its start until it is closed.
 *
 * <pre>{@code
 * try (var chatbot = Chatbot.fromPretrained("microsoft/DialoGPT-medium");
 *         var bot = TelegramBot.builder(chatbot).token(BotToken.read(file)).start()) {
 *     bot.await();
 * }
 * }</pre>
 *
 * <p>It writes only where somebody spoke to it: what waited while it was away is answered, and nobody is told that it is
 * back. Usable from any thread.
 */
public final class TelegramBot implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final User me;
    private final Api api;
    private final Mailboxes mailboxes;
    private final LiveChats chats;
    private final @Nullable WebhookServer webhook;
    private final @Nullable Thread poller;

    private TelegramBot(
            User me,
            Api api,
            Mailboxes mailboxes,
            LiveChats chats,
            @Nullable WebhookServer webhook,
            @Nullable Thread poller) {
        this.me = me;
        this.api = api;
        this.mailboxes = mailboxes;
        this.chats = chats;
        this.webhook = webhook;
        this.poller = poller;
    }

    /**
     * Puts a bot together.
     *
     * @param chatbot what it says; stays the caller's to close, after the bot
     */
    public static TelegramBotBuilder builder(Chatbot chatbot) {
        return new TelegramBotBuilder(chatbot);
    }

    /** The bot's user name on Telegram, without the @. */
    public String name() {
        return me.username();
    }

    /** Where updates are brought to, if they are. */
    public OptionalInt webhookPort() {
        return webhook == null ? OptionalInt.empty() : OptionalInt.of(webhook.port());
    }

    /** Whether it takes what people say; not any more once it is closed, or its token was revoked. */
    public boolean isRunning() {
        return !api.closed() && !isRevoked() && (poller == null || poller.isAlive());
    }

    /** Whether Telegram does not know the token any more that it knew when the bot was started. */
    public boolean isRevoked() {
        return api.revoked();
    }

    /** How many updates wait for an answer. */
    public int waiting() {
        return mailboxes.waiting();
    }

    /** Waits until the bot is closed, or its token was revoked, which is told in the log. */
    public void await() throws InterruptedException {
        api.awaitEnd();
    }

    /**
     * Asks for no more updates, gives replies that are being made ten seconds to get done, and ends. What is not answered
     * by then is answered after the next start.
     */
    @Override
    public void close() {
        if (webhook != null) {
            webhook.close();
        }
        boolean quiet = mailboxes.close(PATIENCE);
        api.close();
        if (!quiet) {
            chats.cancelAll();
            mailboxes.close(PATIENCE);
        }
        if (poller != null) {
            poller.interrupt();
        }
    }

    /** Starts a bot that is put together. */
    static TelegramBot start(TelegramBotBuilder options) {
        var metrics = new BotMetrics(options.metrics);
        var api = new Api(options.token(), options.apiUrl, metrics);
        boolean started = false;
        try {
            TelegramBot bot = start(options, api, metrics);
            started = true;
            return bot;
        } finally {
            if (!started) {
                api.close();
            }
        }
    }

    private static TelegramBot start(TelegramBotBuilder options, Api api, BotMetrics metrics) {
        User me = whoAmI(api);
        var outbox = new Outbox(api, new Throttle(options.pace));
        var gifs = new GifSender(options.giphy, options.gifOptions, options.random, outbox, metrics);
        var store = new ReportingStore(options.store, options.chatbot);
        var chats = new LiveChats(options.chatbot, options.personas, store);
        var answers = new Answers(store, outbox, gifs, options.pace, metrics, options.limits.repliesAtOnce());
        var administrators = new Administrators(api);
        var menu = new SettingsMenu(options.personas, gifs.available());
        var settings = new SettingsDialog(store, chats, outbox, answers, menu, administrators);
        var commands = new Commands(
                store, chats, outbox, gifs, answers, settings, administrators, me.firstName(), options.privacyNotice);
        var handling = new Handling(
                new Handling.Parts(
                        store,
                        chats,
                        outbox,
                        gifs,
                        options.access,
                        options.limits,
                        options.groupRate,
                        options.random,
                        metrics),
                answers,
                commands,
                settings);
        var mailboxes = new Mailboxes(options.limits.waitingPerChat(), handling);
        metrics.waiting(mailboxes::waiting);
        var inbox = new Inbox(new UpdateReader(me.id(), me.username()), store, mailboxes, metrics);
        showMenu(api, gifs.available());
        inbox.resume();
        WebhookOptions webhook = options.webhook;
        return webhook == null
                ? new TelegramBot(me, api, mailboxes, chats, null, poll(api, inbox))
                : new TelegramBot(me, api, mailboxes, chats, listen(webhook, api, inbox), null);
    }

    private static User whoAmI(Api api) {
        try {
            return api.deliver(new GetMe()).user();
        } catch (ApiException e) {
            throw e.failure() == Failure.UNAUTHORIZED
                    ? new ConfabException(
                            "Telegram does not know the bot's token; copy it again from BotFather (/mybots)", e)
                    : e;
        }
    }

    private static void showMenu(Api api, boolean gifs) {
        api.deliver(new SetMyCommands(Arrays.stream(Command.values())
                .filter(command -> gifs || command != Command.GIF)
                .map(command -> new BotCommand(command.text(), command.description()))
                .toArray(BotCommand[]::new)));
    }

    /** While a webhook is set, Telegram gives no updates to those who ask. */
    private static Thread poll(Api api, Inbox inbox) {
        api.deliver(new DeleteWebhook());
        return Thread.ofPlatform().name("telegram-updates").start(new Poller(api, inbox));
    }

    private static WebhookServer listen(WebhookOptions options, Api api, Inbox inbox) {
        var server = new WebhookServer(options, inbox);
        boolean known = false;
        try {
            api.deliver(new SetWebhook()
                    .url(options.url().toString())
                    .secretToken(options.secret())
                    .allowedUpdates(Inbox.kinds()));
            known = true;
            return server;
        } finally {
            if (!known) {
                server.close();
            }
        }
    }
}
