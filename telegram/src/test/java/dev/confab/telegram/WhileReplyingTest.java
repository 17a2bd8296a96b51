package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.telegram.store.ChatKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WhileReplyingTest {
    private static final ChatKey ADA = new ChatKey(7, 0);
    private static final Pace QUICK = Pace.defaults()
            .withRates(1000, 60_000, 60_000)
            .withStreaming(Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(30));

    private final BotApiServer server = new BotApiServer();
    private final Api api =
            new Api(BotToken.of(BotApiServer.SECRET), server.url(), new BotMetrics(new SimpleMeterRegistry()));
    private final Outbox outbox = new Outbox(api, new Throttle(QUICK));
    private final List<Integer> opened = new ArrayList<>();

    @AfterEach
    void close() {
        api.close();
        server.close();
    }

    @Test
    void aLongReplyIsShownInOneMessageThatGrows() {
        try (var showing = new WhileReplying(outbox, ADA, 0, 0, QUICK, opened::add)) {
            showing.add("The beginning of a long reply");
            await().until(() -> server.texts(7).equals(List.of("The beginning of a long reply …")));
            showing.add(" and more of it");
            await().until(() -> server.texts(7).equals(List.of("The beginning of a long reply and more of it …")));
            assertThat(opened).hasSize(1);
        }

        assertThat(server.calls("sendMessage")).hasSize(1);
        assertThat(server.calls("editMessageText")).hasSize(1);
    }

    @Test
    void typingIsKeptUpUntilTheReplyIsThere() {
        var showing = new WhileReplying(outbox, ADA, 0, 0, QUICK, opened::add);
        await().until(() -> server.calls("sendChatAction").size() >= 3);
        showing.close();
        int calls = server.calls("sendChatAction").size();

        assertThat(server.calls("sendChatAction")).hasSize(calls);
        assertThat(showing.message()).isZero();
    }

    @Test
    void aShortTimeOrAShortTextShowsNothing() {
        Pace patient = QUICK.withStreaming(Duration.ofMinutes(1), Duration.ofMillis(5), Duration.ofMillis(20));
        try (var showing = new WhileReplying(outbox, ADA, 0, 0, patient, opened::add);
                var brief = new WhileReplying(outbox, new ChatKey(8, 0), 0, 0, QUICK, opened::add)) {
            showing.add("A text that would be long enough to be shown");
            brief.add("Yes.");
            await().until(() -> server.calls("sendChatAction").size() >= 8);
        }

        assertThat(server.calls("sendMessage")).isEmpty();
    }

    @Test
    void theRatesOfAChatHoldForEdits() {
        var slow = new Outbox(api, new Throttle(QUICK.withRates(1000, 3, 3)));
        try (var showing = new WhileReplying(slow, ADA, 0, 0, QUICK, opened::add)) {
            for (int i = 0; i < 5; i++) {
                showing.add("Twenty characters and more. ");
                int typed = server.calls("sendChatAction").size();
                await().until(() -> server.calls("sendChatAction").size() > typed + 1);
            }
        }

        assertThat(server.calls("sendMessage").size()
                        + server.calls("editMessageText").size())
                .isEqualTo(1);
    }

    @Test
    void whenTelegramRefusesNothingMoreIsShownAndNothingFails() {
        server.fail("sendMessage", Fault.error(400, "Bad Request: strange"));
        try (var showing = new WhileReplying(outbox, ADA, 0, 0, QUICK, opened::add)) {
            showing.add("The beginning of a long reply");
            int typed = server.calls("sendChatAction").size();
            await().until(() -> server.calls("sendChatAction").size() > typed + 3);
            showing.add(" that nobody sees");
            int again = server.calls("sendChatAction").size();
            await().until(() -> server.calls("sendChatAction").size() > again + 1);
        }

        assertThat(server.calls("sendMessage")).hasSize(1);
        assertThat(opened).isEmpty();
    }
}
