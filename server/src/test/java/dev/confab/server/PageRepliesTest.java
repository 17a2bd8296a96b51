package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.dialogue.Chatbot;
import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.SessionPool;
import dev.confab.server.access.Gate;
import dev.confab.ui.ChatInterface;
import dev.confab.ui.ReplyWriter;
import dev.confab.ui.RunningPage;
import dev.confab.ui.conversation.Timings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PageRepliesTest {
    @Test
    void aReplyThatFailsLosesNeitherItsConversationNorAPlace() throws Exception {
        var options = ServerOptions.defaults().withSessions(1);
        var gate = new Gate(options.traffic());
        try (LanguageModel model = LanguageModel.fromPretrained(
                        Fixtures.model("tiny-a/st-f32").toString());
                Chatbot bot = Chatbot.of(
                        model, GenerationConfig.builder().maxNewTokens(12).build());
                var sessions = new SessionPool(model.generator(), 1)) {
            var awaited = new AwaitedModel(Duration.ofMinutes(1));
            awaited.arrive(new AwaitedModel.Loaded(bot, sessions, new TurnTokens(model, bot.generationConfig())));
            var replies = new PageReplies(awaited, options, gate, new Meter().replies());
            ChatInterface chat = ChatInterface.streaming((turn, out) -> replies.reply(turn, new Broken(out)))
                    .port(0)
                    .quiet();
            try (RunningPage page = chat.launch();
                    HttpClient client = HttpClient.newHttpClient()) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(page.url() + "/run/chat"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"data\":[\"Hello\"],\"session_hash\":\"s\"}"))
                        .build();
                assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(500);
                assertThat(gate.underWay()).isZero();
                assertThat(replies.silent()).isEqualTo(1);
            }
            replies.close();
            assertThat(replies.silent()).isZero();
        }
    }

    /** Fails with the first text. */
    private record Broken(ReplyWriter out) implements ReplyWriter {
        @Override
        public void write(String part) {
            throw new IllegalStateException("nobody can be written to");
        }

        @Override
        public void attach(Path file) {
            out.attach(file);
        }

        @Override
        public void offer(String... options) {
            out.offer(options);
        }

        @Override
        public void measured(Timings timings) {
            out.measured(timings);
        }

        @Override
        public boolean cancelled() {
            return out.cancelled();
        }
    }
}
