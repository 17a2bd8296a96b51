package dev.confab.telegram;

import com.pengrad.telegrambot.model.Update;
import com.pengrad.telegrambot.request.GetUpdates;
import dev.confab.engine.error.ConfabException;
import dev.confab.telegram.ApiException.Failure;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** Asks Telegram for updates, and confirms them once they are kept. Runs on a thread of its own until the bot is closed. */
final class Poller implements Runnable {
    private static final Logger LOGGER = System.getLogger(TelegramBot.class.getName());
    private static final int SECONDS = 30;
    private static final int AT_ONCE = 100;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration UNTIL_ROOM = Duration.ofMillis(200);

    private final Api api;
    private final Inbox inbox;
    private int offset;
    private Duration pause = FIRST_PAUSE;
    private String lastFailure = "";

    Poller(Api api, Inbox inbox) {
        this.api = api;
        this.inbox = inbox;
    }

    @Override
    public void run() {
        try {
            while (!api.closed()) {
                poll();
            }
        } catch (ApiException _) {
            // The bot was closed, or its token revoked, which is told where it is found out.
        }
    }

    private void poll() {
        try {
            List<Update> updates = api.call(new GetUpdates()
                            .offset(offset)
                            .limit(AT_ONCE)
                            .timeout(SECONDS)
                            .allowedUpdates(Inbox.kinds()))
                    .updates();
            pause = FIRST_PAUSE;
            lastFailure = "";
            if (!updates.isEmpty()) {
                while (!inbox.take(updates)) {
                    api.pause(UNTIL_ROOM);
                }
                offset = updates.getLast().updateId() + 1;
            }
        } catch (ApiException e) {
            if (api.closed() || e.failure() == Failure.UNAUTHORIZED) {
                throw e;
            }
            tell(explained(e));
            waitAfter(e.failure() == Failure.TOO_MANY ? e.retryAfter() : pause);
        } catch (ConfabException e) {
            tell("updates cannot be kept, so they stay with Telegram: " + e.getMessage());
            waitAfter(pause);
        }
    }

    private static String explained(ApiException e) {
        if (e.failure() != Failure.CONFLICT) {
            return e.getMessage() + "; trying again";
        }
        return String.valueOf(e.getMessage()).contains("webhook")
                ? "a webhook was set for this bot by another program, so no updates come here; stop that program and start"
                        + " this one anew, or use --webhook"
                : "another program asks for the updates of this bot, so none come here; stop the other one (only one may"
                        + " run with a token)";
    }

    /** The same trouble is told once, however long it lasts. */
    private void tell(String failure) {
        if (!failure.equals(lastFailure)) {
            lastFailure = failure;
            LOGGER.log(Level.WARNING, failure);
        }
    }

    private void waitAfter(Duration time) {
        api.pause(time);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
}
