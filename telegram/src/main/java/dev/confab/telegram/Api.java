package dev.confab.telegram;

import com.google.gson.JsonParseException;
import com.pengrad.telegrambot.model.ResponseParameters;
import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import dev.confab.telegram.ApiException.Failure;
import java.io.IOException;
import java.io.Serial;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Calls the Bot API through its client library, and says of each failure what it means. A call is never repeated behind
 * the caller's back: {@link #call} makes it once, {@link #deliver} again only where it certainly did not take effect.
 *
 * <p>Usable from any thread.
 */
final class Api implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(TelegramBot.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    private final BotToken token;
    private final BotMetrics metrics;
    private final OkHttpClient http;
    private final com.pengrad.telegrambot.TelegramBot client;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean known;
    private volatile boolean revoked;

    /**
     * A client of the Bot API.
     *
     * @param url where it is, such as {@code https://api.telegram.org}
     */
    Api(BotToken token, URI url, BotMetrics metrics) {
        this.token = token;
        this.metrics = metrics;
        http = new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(ANSWER_TIMEOUT)
                .writeTimeout(ANSWER_TIMEOUT)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .addInterceptor(Api::refusingGatewayPages)
                .addNetworkInterceptor(Api::tellingLostAnswers)
                .build();
        String base = url.toString().replaceAll("/+$", "");
        client = new com.pengrad.telegrambot.TelegramBot.Builder(token.secret())
                .okHttpClient(http)
                .apiUrl(base + "/bot")
                .fileApiUrl(base + "/file/bot")
                .build();
    }

    /**
     * Makes a call once.
     *
     * @throws ApiException if it fails
     */
    <T extends BaseRequest<T, R>, R extends BaseResponse> R call(BaseRequest<T, R> request) {
        R response;
        try {
            response = client.execute(request);
        } catch (JsonParseException e) {
            throw failed(request, Failure.UNCERTAIN, "the answer is not what the Bot API gives", Duration.ZERO, e);
        } catch (RuntimeException e) {
            throw e.getCause() instanceof IOException io ? failed(request, io) : e;
        } catch (Exception e) {
            // Kotlin declares no checked exceptions; this one is of a thread that was interrupted while it connected.
            Thread.currentThread().interrupt();
            throw failed(request, Failure.CLOSED, "interrupted", Duration.ZERO, e);
        }
        if (response == null) {
            throw failed(request, Failure.UNCERTAIN, "the answer is empty", Duration.ZERO, null);
        }
        if (!response.isOk()) {
            throw failed(request, response);
        }
        known = true;
        return response;
    }

    /** Hears of each attempt to make a call that must not take effect twice. */
    interface Attempts {
        /** Nobody has to hear of it. */
        Attempts UNRECORDED = new Attempts() {
            @Override
            public void begin() {}

            @Override
            public void failed() {}
        };

        /** From now on the call may have taken effect. */
        void begin();

        /** It certainly has not. */
        void failed();
    }

    /** Makes a call that may take effect twice as often as it takes; see {@link #deliver(BaseRequest, Attempts)}. */
    <T extends BaseRequest<T, R>, R extends BaseResponse> R deliver(BaseRequest<T, R> request) {
        return deliver(request, Attempts.UNRECORDED);
    }

    /**
     * Makes a call as often as it takes until it is delivered, with pauses that grow, or are as long as Telegram demands.
     *
     * @param attempts hears of each
     * @throws ApiException if it is refused, its outcome is uncertain, or the bot is closed meanwhile
     */
    <T extends BaseRequest<T, R>, R extends BaseResponse> R deliver(BaseRequest<T, R> request, Attempts attempts) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            attempts.begin();
            try {
                return call(request);
            } catch (ApiException e) {
                switch (e.failure()) {
                    case NOT_DELIVERED -> {
                        attempts.failed();
                        pause(pause);
                        Duration longer = pause.multipliedBy(2);
                        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
                    }
                    case TOO_MANY -> {
                        attempts.failed();
                        pause(e.retryAfter());
                    }
                    case CLOSED -> {
                        attempts.failed();
                        throw e;
                    }
                    case UNCERTAIN, UNAUTHORIZED, BLOCKED, CONFLICT, REFUSED -> throw e;
                }
            }
        }
    }

    /**
     * Waits.
     *
     * @throws ApiException if the bot is closed meanwhile
     */
    void pause(Duration time) {
        boolean over;
        try {
            over = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            over = true;
        }
        if (over) {
            throw new ApiException(Failure.CLOSED, "the bot is closed", Duration.ZERO, null);
        }
    }

    /** Waits until nothing can be called any more. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Whether Telegram does not know the token any more that it has known. */
    boolean revoked() {
        return revoked;
    }

    /** Whether the bot was closed. */
    boolean closed() {
        return closed.getCount() == 0;
    }

    /** Ends the calls that are being made, and all pauses. */
    @Override
    public void close() {
        closed.countDown();
        ended.countDown();
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private ApiException failed(BaseRequest<?, ?> request, BaseResponse response) {
        ResponseParameters parameters = response.parameters();
        Integer seconds = parameters == null ? null : parameters.retryAfter();
        Failure failure = switch (response.errorCode()) {
            case 401, 404 -> Failure.UNAUTHORIZED;
            case 403 -> Failure.BLOCKED;
            case 409 -> Failure.CONFLICT;
            case 429 -> Failure.TOO_MANY;
            default -> response.errorCode() >= 500 ? Failure.NOT_DELIVERED : Failure.REFUSED;
        };
        if (failure == Failure.UNAUTHORIZED && known) {
            tellRevoked();
        }
        return failed(
                request,
                failure,
                response.errorCode() + " " + response.description(),
                Duration.ofSeconds(seconds == null ? 1 : Math.max(1, seconds)),
                null);
    }

    /** Several threads may find it out; it is told once. */
    private synchronized void tellRevoked() {
        if (!revoked) {
            revoked = true;
            LOGGER.log(
                    Level.ERROR,
                    "Telegram does not know the bot's token any more, so the bot has ended; get a new one from BotFather"
                            + " (/mybots) and start it with that");
            ended.countDown();
        }
    }

    private ApiException failed(BaseRequest<?, ?> request, IOException error) {
        Failure failure =
                error instanceof AnswerLost ? Failure.UNCERTAIN : closed() ? Failure.CLOSED : Failure.NOT_DELIVERED;
        return failed(request, failure, String.valueOf(error.getMessage()), Duration.ZERO, error);
    }

    private ApiException failed(
            BaseRequest<?, ?> request, Failure failure, String what, Duration retryAfter, @Nullable Throwable cause) {
        metrics.failed(request.getMethod(), failure);
        return new ApiException(
                failure, token.removedFrom("Telegram's " + request.getMethod() + ": " + what), retryAfter, cause);
    }

    /** A gateway answers with a page where Telegram is not to be reached; the client library would stumble over it. */
    private static Response refusingGatewayPages(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        MediaType type = response.body().contentType();
        if (response.code() >= 500 && (type == null || !type.subtype().equals("json"))) {
            int code = response.code();
            response.close();
            throw new IOException(code + " from a gateway on the way");
        }
        return response;
    }

    /** Only calls that have a connection come by here: what fails from now on may have arrived. */
    private static Response tellingLostAnswers(Interceptor.Chain chain) throws IOException {
        try {
            return chain.proceed(chain.request());
        } catch (IOException e) {
            throw new AnswerLost(e);
        }
    }

    /** The call was made, and the connection broke before the answer. */
    private static final class AnswerLost extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        AnswerLost(IOException cause) {
            super("the connection broke before the answer: " + cause.getMessage(), cause);
        }
    }
}
