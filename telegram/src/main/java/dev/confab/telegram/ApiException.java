package dev.confab.telegram;

import dev.confab.engine.error.ConfabException;
import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call of the Bot API has failed. The message holds neither the token nor what was said. */
final class ApiException extends ConfabException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private final Duration retryAfter;

    /** How a call can fail, by what can be done about it. */
    enum Failure {
        /** It did not get through, certainly: it can be made again. */
        NOT_DELIVERED,
        /** It was made too often: it can be made again later. */
        TOO_MANY,
        /** Nobody knows whether it took effect, as the answer was lost. */
        UNCERTAIN,
        /** The token is not known. */
        UNAUTHORIZED,
        /** The person blocked the bot, or it was removed from the group. */
        BLOCKED,
        /** Another process asks for the same bot's updates, or a webhook is set. */
        CONFLICT,
        /** The bot was closed meanwhile. */
        CLOSED,
        /** It makes no sense to Telegram. */
        REFUSED
    }

    ApiException(Failure failure, String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
        this.retryAfter = retryAfter;
    }

    Failure failure() {
        return failure;
    }

    /** How long Telegram wants to be left alone; zero if it does not say. */
    Duration retryAfter() {
        return retryAfter;
    }
}
