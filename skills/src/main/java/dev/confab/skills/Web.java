package dev.confab.skills;

import com.github.mizosoft.methanol.Methanol;
import com.github.mizosoft.methanol.RetryInterceptor;
import com.github.mizosoft.methanol.RetryInterceptor.BackoffStrategy;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client that all skills share. It follows no redirects, so that what is asked, and the headers with it, go to
 * the addresses that were configured and to no other.
 */
final class Web implements AutoCloseable {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private static final String NAME = "confab-chatbot/0.1";

    private final HttpClient client;
    private final Methanol http;
    private final WebLimits limits;

    Web(WebLimits limits) {
        this(limits, null);
    }

    /** A client that names who runs it, as Wikimedia's policy on user agents asks for. */
    Web(WebLimits limits, @Nullable String contact) {
        this.limits = limits;
        client = HttpClient.newBuilder()
                .connectTimeout(limits.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        var http = Methanol.newBuilder(client).userAgent(contact == null ? NAME : NAME + " (" + contact + ")");
        if (limits.retries() > 0) {
            http.interceptor(retries(limits));
        }
        this.http = http.build();
    }

    private static RetryInterceptor retries(WebLimits limits) {
        return RetryInterceptor.newBuilder()
                .maxRetries(limits.retries())
                .timeout(limits.timeout())
                .onException(failure -> failure instanceof IOException)
                .onStatus(status -> status == TOO_MANY_REQUESTS || status >= SERVER_ERROR)
                .backoff(BackoffStrategy.retryAfterOr(
                        BackoffStrategy.exponential(SHORTEST_WAIT, LONGEST_WAIT).withJitter()))
                .build();
    }

    /**
     * A service.
     *
     * @param name what people call it, as in "I can't reach the weather service right now"
     * @param cached how long its answers are good for
     */
    WebService service(String name, Duration cached) {
        return new WebService(http, name, cached, limits);
    }

    /** Ends all connections. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
