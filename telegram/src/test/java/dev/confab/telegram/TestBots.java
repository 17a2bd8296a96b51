package dev.confab.telegram;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.ChatbotBuilder;
import dev.confab.dialogue.filter.FilterResult;
import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import java.time.Duration;

/** Chatbots for tests: a real one on a tiny model, which can be told word by word what to answer. */
final class TestBots {
    static final LanguageModel MODEL =
            LanguageModel.fromPretrained(Fixtures.model("tiny-a/st-f32").toString());

    /** As fast as it goes. */
    static final Pace PACE = Pace.defaults()
            .withRates(1000, 60_000, 60_000)
            .withStreaming(Duration.ofMinutes(1), Duration.ofMillis(10), Duration.ofSeconds(4));

    static final Limits LIMITS = Limits.defaults().withRates(1000, 1000).withQueues(200, 8);

    private TestBots() {}

    /**
     * A chatbot that answers "answer X" with X, "long N" with N words, and everything else as its model likes, with short
     * replies.
     */
    static ChatbotBuilder chatbot() {
        return Chatbot.builder()
                .model(MODEL)
                .generation(GenerationConfig.builder()
                        .maxNewTokens(4)
                        .minNewTokens(2)
                        .build())
                .inputFilter(TestBots::told);
    }

    static FilterResult told(String text) {
        if (text.startsWith("answer ")) {
            return new FilterResult.Replaced(text.substring("answer ".length()), "told to");
        }
        if (text.startsWith("long ")) {
            int words = Integer.parseInt(text.substring("long ".length()));
            var reply = new StringBuilder();
            for (int i = 1; i <= words; i++) {
                reply.append("word").append(i).append(i % 10 == 0 ? ". " : " ");
            }
            return new FilterResult.Replaced(reply.toString().strip(), "told to");
        }
        return FilterResult.passed();
    }

    /** A bot that talks to a server of the test's, not started yet. */
    static TelegramBotBuilder bot(Chatbot chatbot, BotApiServer server) {
        return TelegramBot.builder(chatbot)
                .token(BotToken.of(BotApiServer.SECRET))
                .apiUrl(server.url())
                .pace(PACE)
                .limits(LIMITS);
    }
}
