package dev.confab.skills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.skill.SkillException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class WebServiceTest {
    private static final WebLimits LIMITS = new WebLimits(Duration.ofSeconds(20), 2, 10_000, 10, Duration.ofMinutes(5));
    private static final WebLimits NO_RETRIES =
            new WebLimits(Duration.ofSeconds(20), 0, 10_000, 3, Duration.ofMillis(50));

    @Test
    void anAnswerIsRememberedAsLongAsItIsGood() {
        try (var server = new LocalService(exchange -> LocalService.send(exchange, 200, "{\"a\":1}"));
                var web = new Web(LIMITS)) {
            WebService service = web.service("the test", Duration.ofHours(1));

            for (int i = 0; i < 3; i++) {
                assertThat(service.json(server.address(), Map.of()))
                        .hasValueSatisfying(
                                json -> assertThat(json.at("/a").intValue()).isEqualTo(1));
            }
            assertThat(server.requests()).hasSize(1);
            service.json(server.address(), Map.of("Authorization", "someone else"));
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aServiceIsToldWhoAsks() {
        List<String> agents = new CopyOnWriteArrayList<>();
        try (var server = new LocalService(exchange -> {
                    agents.add(exchange.getRequestHeaders().getFirst("User-Agent"));
                    LocalService.send(exchange, 200, "[]");
                });
                var known = new Web(LIMITS, "ops@example.org");
                var unknown = new Web(LIMITS)) {
            known.service("the test", Duration.ofHours(1)).json(server.address(), Map.of());
            unknown.service("the test", Duration.ofHours(1)).json(server.address(), Map.of());
        }
        assertThat(agents).containsExactly("confab-chatbot/0.1 (ops@example.org)", "confab-chatbot/0.1");
    }

    @Test
    void whatIsNotThereIsNoFailureAndIsRememberedToo() {
        try (var server = new LocalService(exchange -> LocalService.send(exchange, 404, "{}"));
                var web = new Web(LIMITS)) {
            WebService service = web.service("the test", Duration.ofHours(1));

            assertThat(service.json(server.address(), Map.of())).isEmpty();
            assertThat(service.json(server.address(), Map.of())).isEmpty();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aServiceThatIsBusyIsAskedAgain() {
        var busy = new AtomicBoolean(true);
        try (var server = new LocalService(exchange -> {
                    exchange.getResponseHeaders().set("Retry-After", "0");
                    LocalService.send(exchange, busy.getAndSet(false) ? 429 : 200, "[]");
                });
                var web = new Web(LIMITS)) {
            assertThat(web.service("the test", Duration.ofHours(1)).json(server.address(), Map.of()))
                    .isPresent();
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aServiceThatWantsToBeAskedTomorrowIsNotWaitedFor() {
        try (var server = new LocalService(exchange -> {
                    exchange.getResponseHeaders().set("Retry-After", "86400");
                    LocalService.send(exchange, 429, "[]");
                });
                var web = new Web(LIMITS.withTimeout(Duration.ofSeconds(20)))) {
            assertFailure(web, server.address()).hasMessageContaining("the test: localhost");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aServiceThatStaysBrokenIsToldKindlyAfterAllAttempts() {
        try (var server = new LocalService(exchange -> LocalService.send(exchange, 503, "down"));
                var web = new Web(LIMITS)) {
            assertFailure(web, server.address())
                    .hasMessageContaining("localhost answered with status 503")
                    .extracting(failure -> ((SkillException) failure).apology())
                    .isEqualTo("I can't reach the test right now. Maybe try again a little later?");
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aServiceThatNeverAnswersIsGivenUp() {
        var over = new CountDownLatch(1);
        try (var server = new LocalService(exchange -> awaitQuietly(over));
                var web = new Web(LIMITS.withTimeout(Duration.ofMillis(300)))) {
            assertFailure(web, server.address()).hasMessageContaining("did not answer within PT0.3S");
            over.countDown();
        }
    }

    @Test
    void aServiceThatAnswersDropByDropIsGivenUp() {
        var over = new CountDownLatch(1);
        try (var server = new LocalService(exchange -> {
                    exchange.sendResponseHeaders(200, 1_000);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    awaitQuietly(over);
                });
                var web = new Web(LIMITS.withTimeout(Duration.ofMillis(300)))) {
            assertFailure(web, server.address()).hasMessageContaining("did not answer within PT0.3S");
            over.countDown();
        }
    }

    @Test
    void anAnswerThatIsTooLongIsNotReadToItsEnd() {
        byte[] much = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        try (var server = new LocalService(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    for (int i = 0; i < 16; i++) {
                        exchange.getResponseBody().write(much);
                    }
                });
                var web = new Web(NO_RETRIES)) {
            assertFailure(web, server.address()).hasMessageContaining("cannot be reached");
        }
    }

    @Test
    void anAnswerThatIsNoJsonIsNotUnderstood() {
        try (var server = new LocalService(exchange -> LocalService.send(exchange, 200, "<html>Welcome!</html>"));
                var web = new Web(LIMITS)) {
            assertFailure(web, server.address())
                    .hasMessageContaining("its answer is no JSON")
                    .extracting(failure -> ((SkillException) failure).apology())
                    .isEqualTo("I asked the test, but I don't understand its answer.");
        }
    }

    @Test
    void whereNobodyListensNobodyAnswers() {
        URI address;
        try (var server = new LocalService(exchange -> LocalService.send(exchange, 200, "{}"))) {
            address = server.address();
        }
        try (var web = new Web(NO_RETRIES)) {
            assertFailure(web, address).hasMessageContaining("localhost cannot be reached: java.net.ConnectException");
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (var target = new LocalService(exchange -> LocalService.send(exchange, 200, "{}"));
                var server = new LocalService(exchange -> {
                    exchange.getResponseHeaders()
                            .set("Location", target.address().toString());
                    exchange.sendResponseHeaders(302, -1);
                });
                var web = new Web(LIMITS)) {
            assertFailure(web, server.address()).hasMessageContaining("status 302");
            assertThat(target.requests()).isEmpty();
        }
    }

    @Test
    void aServiceThatFailsAgainAndAgainIsLeftAloneUntilItHasRested() {
        var broken = new AtomicBoolean(true);
        try (var server = new LocalService(exchange -> LocalService.send(exchange, broken.get() ? 500 : 200, "{}"));
                var web = new Web(new WebLimits(Duration.ofSeconds(20), 0, 10_000, 3, Duration.ofSeconds(2)))) {
            WebService service = web.service("the test", Duration.ofHours(1));
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> service.get(server.address(), Map.of()))
                        .isInstanceOf(SkillException.class);
            }
            assertThat(server.requests()).hasSize(3);

            broken.set(false);
            await().pollInterval(Duration.ofMillis(100))
                    .ignoreExceptions()
                    .until(() -> service.get(server.address(), Map.of()).isPresent());
            assertThat(server.requests()).hasSize(4);
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFailure(Web web, URI address) {
        WebService service = web.service("the test", Duration.ofHours(1));
        return assertThatThrownBy(() -> service.json(address, Map.of())).isInstanceOf(SkillException.class);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
