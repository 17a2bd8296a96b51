package dev.confab.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.dialogue.memory.Memory;
import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LongConversationTest {
    private static final int BUDGET = 100;
    private static final LanguageModel MODEL =
            LanguageModel.fromPretrained(Fixtures.model("tiny-a/st-f32").toString());

    private final Chatbot bot = Chatbot.builder()
            .model(MODEL)
            .generation(GenerationConfig.builder()
                    .maxNewTokens(6)
                    .doSample(true)
                    .seed(1)
                    .build())
            .memory(Memory.ofTokens(BUDGET))
            .build();

    @AfterAll
    static void closeTheModel() {
        MODEL.close();
    }

    @Test
    void fiveHundredTurnsCostLittleEachAndNeverFail() {
        Conversation conversation = bot.newConversation();
        int computed = 0;
        int said = 0;
        for (int i = 0; i < 500; i++) {
            Reply reply = conversation.say("And then? " + i);
            assertThat(reply.source()).isEqualTo(ReplySource.MODEL);
            assertThat(reply.promptTokens()).isLessThanOrEqualTo(BUDGET);
            computed += reply.effort().computedTokens();
            said += MODEL.tokenizer().encode("And then? " + i).length + 2;
        }
        System.out.println("500 turns: " + said + " tokens said, " + computed + " computed");
        assertThat(conversation.turns()).hasSize(1000);
        assertThat(computed).as("an amortised cost that does not grow").isLessThan(5 * said);
    }

    @Test
    void aConversationThatWasPutAwayIsShownToTheModelAsIfItHadGoneOn() {
        Conversation conversation = bot.newConversation();
        for (int i = 0; i < 40; i++) {
            conversation.say("And then? " + i);
            Conversation again =
                    bot.resume(Transcript.fromJson(conversation.transcript().toJson()));
            assertThat(again.regenerate().promptTokens())
                    .isEqualTo(conversation.regenerate().promptTokens());
        }
    }

    @Test
    void silentConversationsHoldNoMoreThanTheirBound() {
        long bytesPerToken = MODEL.model().keyValueBytesPerToken();
        try (Chatbot small = Chatbot.builder()
                .model(MODEL)
                .generation(GenerationConfig.builder().maxNewTokens(4).build())
                .idleCacheBytes(100 * bytesPerToken)
                .build()) {
            List<Conversation> conversations = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                Conversation conversation = small.newConversation();
                conversation.say("hi " + i);
                conversations.add(conversation);
            }
            assertThat(small.cachedConversations()).isBetween(1, 50);
            assertThat(small.sessions().bytes()).isLessThanOrEqualTo(100 * bytesPerToken);
            assertThat(conversations.getFirst().say("still there?").source()).isEqualTo(ReplySource.MODEL);
            assertThat(conversations.getLast().say("and you?").reusedTokens()).isPositive();
        }
    }
}
