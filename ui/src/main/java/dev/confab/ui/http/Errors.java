package dev.confab.ui.http;

import dev.confab.ui.call.QueueFullException;
import dev.confab.ui.call.VisitorQueueFullException;
import dev.confab.ui.component.InvalidValueException;
import dev.confab.ui.conversation.ConversationFullException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import jakarta.servlet.ServletException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Answers errors: each is JSON with a {@code detail}, as clients expect it. */
final class Errors {
    private static final Logger LOGGER = System.getLogger(Errors.class.getName());

    private Errors() {}

    static void answerAll(JavalinConfig target, Locales locales) {
        target.routes.exception(
                BadRequestException.class,
                (e, context) -> Json.sendError(context, HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage())));
        target.routes.exception(
                InvalidValueException.class,
                (e, context) -> Json.sendError(context, HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage())));
        target.routes.exception(
                ConversationFullException.class,
                (e, context) ->
                        Json.sendError(context, HttpStatus.INSUFFICIENT_STORAGE, String.valueOf(e.getMessage())));
        target.routes.exception(
                QueueFullException.class,
                (e, context) ->
                        Json.sendError(context, HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage())));
        target.routes.exception(
                VisitorQueueFullException.class,
                (_, context) -> Json.sendError(
                        context,
                        HttpStatus.TOO_MANY_REQUESTS,
                        locales.text(locales.choose(context), "tooManyWaiting")));
        target.routes.exception(
                HttpResponseException.class,
                (e, context) ->
                        Json.sendError(context, HttpStatus.forStatus(e.getStatus()), String.valueOf(e.getMessage())));
        target.routes.exception(ServletException.class, (e, context) -> answerBrokenForm(context, e));
        target.routes.exception(IOException.class, (e, context) -> {
            if (context.res().isCommitted() || e instanceof EOFException) {
                LOGGER.log(Level.DEBUG, "a reader of " + context.path() + " is gone", e);
            } else {
                LOGGER.log(Level.ERROR, context.path() + " failed", e);
                Json.sendError(
                        context, HttpStatus.INTERNAL_SERVER_ERROR, "The request failed; the server's log says why.");
            }
        });
    }

    /**
     * The web server reads forms, and says only in words when one is too large. It leaves the rest unread and then ends the
     * connection, which a client must know, or its next request goes there and is lost.
     */
    private static void answerBrokenForm(Context context, Throwable error) {
        context.header("Connection", "close");
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (String.valueOf(e.getMessage()).contains("exceeded")) {
                Json.sendError(context, HttpStatus.CONTENT_TOO_LARGE, "the files are too large: " + e.getMessage());
                return;
            }
        }
        Json.sendError(context, HttpStatus.BAD_REQUEST, "the body is not a form");
    }
}
