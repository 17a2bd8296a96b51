package dev.confab.skills;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.confab.dialogue.skill.SkillException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One service on the network: asks it, within its limits of time and length; remembers its answers for a while; leaves it
 * alone for a while when it fails again and again.
 *
 * <p>Usable from any thread.
 */
final class WebService {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final long CACHED_BYTES = 8 << 20;

    private record Request(URI address, Map<String, String> headers) {}

    private final HttpClient http;
    private final String name;
    private final WebLimits limits;
    private final CircuitBreaker breaker;
    private final Cache<Request, Optional<byte[]>> cache;

    WebService(HttpClient http, String name, Duration cached, WebLimits limits) {
        this.http = http;
        this.name = name;
        this.limits = limits;
        breaker = Breakers.create(name, limits);
        cache = Caffeine.newBuilder()
                .expireAfterWrite(cached)
                .maximumWeight(CACHED_BYTES)
                .weigher((Request request, Optional<byte[]> answer) ->
                        1 + answer.map(body -> body.length).orElse(0))
                .build();
    }

    /**
     * Gets JSON.
     *
     * @return what the service answers, or empty if it knows of nothing at the address
     * @throws SkillException if it cannot be reached, is too slow, fails, or answers something else
     */
    Optional<JsonNode> json(URI address, Map<String, String> headers) {
        return get(address, headers).map(body -> {
            try {
                return JSON.readTree(body);
            } catch (JacksonException e) {
                throw notUnderstood("its answer is no JSON: " + e.getOriginalMessage(), e);
            }
        });
    }

    /**
     * Gets whatever is there.
     *
     * @return the answer's body, or empty if the service knows of nothing at the address
     * @throws SkillException if it cannot be reached, is too slow or fails
     */
    Optional<byte[]> get(URI address, Map<String, String> headers) {
        var request = new Request(address, headers);
        Optional<byte[]> answer = cache.getIfPresent(request);
        if (answer == null) {
            answer = ask(request);
            cache.put(request, answer);
        }
        return answer;
    }

    /** The failure of an answer that makes no sense. */
    SkillException notUnderstood(String why, @Nullable Throwable cause) {
        return new SkillException(
                "I asked %s, but I don't understand its answer.".formatted(name), "%s: %s".formatted(name, why), cause);
    }

    private Optional<byte[]> ask(Request request) {
        String host = String.valueOf(request.address().getHost());
        try {
            return breaker.executeCallable(() -> answer(send(request), host));
        } catch (CallNotPermittedException e) {
            throw unreachable("%s failed too often, and is asked again after %s".formatted(host, limits.pause()), null);
        } catch (TimeoutException | HttpTimeoutException e) {
            throw unreachable("%s did not answer within %s".formatted(host, limits.timeout()), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted while waiting for " + host, e);
        } catch (SkillException e) {
            throw e;
        } catch (Exception e) {
            throw unreachable("%s cannot be reached: %s".formatted(host, e), e);
        }
    }

    /** A service that sends its answer drop by drop counts as slow, so the whole exchange is timed, not its beginning. */
    private HttpResponse<byte[]> send(Request request) throws Exception {
        var builder = HttpRequest.newBuilder(request.address());
        request.headers().forEach(builder::setHeader);
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(builder.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.mostBytes()));
        try {
            return response.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            response.cancel(true);
        }
    }

    private Optional<byte[]> answer(HttpResponse<byte[]> response, String host) throws IOException {
        return switch (response.statusCode()) {
            case OK -> Optional.of(response.body());
            case NOT_FOUND -> Optional.empty();
            default -> throw new IOException("%s answered with status %d".formatted(host, response.statusCode()));
        };
    }

    private SkillException unreachable(String why, @Nullable Throwable cause) {
        return new SkillException(
                "I can't reach %s right now. Maybe try again a little later?".formatted(name),
                "%s: %s".formatted(name, why),
                cause);
    }
}
