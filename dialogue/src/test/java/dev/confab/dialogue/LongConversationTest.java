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
    void whatThePersonToldStaysInSightWhenItsTurnsAreGone() {
        TurnTokens tokens = new TurnTokens(MODEL.tokenizer(), null);
        Memory memory = Memory.ofTokens(BUDGET).withSummary(40);
        Conversation conversation = bot.newConversation();
        conversation.say("My name is Anna.");
        for (int i = 0; i < 40; i++) {
            conversation.say("And then? " + i);
        }

        int[] without = new Prompt(tokens, null, Memory.ofTokens(BUDGET), 128).of(conversation.turns());
        int[] with = new Prompt(tokens, null, memory, 128).of(conversation.turns());

        assertThat(MODEL.tokenizer().decode(without)).doesNotContain("Anna");
        assertThat(MODEL.tokenizer().decode(with)).startsWith("My name is Anna.<|endoftext|>I will remember that.");
        assertThat(with.length).isLessThanOrEqualTo(BUDGET);
    }

    @Test
    void whatIsAskedForComesBackAndStaysWhereItCameBack() {
        Chatbot recalling = Chatbot.builder()
                .model(MODEL)
                .generation(bot.generationConfig())
                .memory(Memory.ofTokens(BUDGET).withRecall(2).withSummary(20))
                .build();
        Conversation conversation = recalling.newConversation();
        Reply told = conversation.say("Rex is a dog");
        for (int i = 0; i < 40; i++) {
            conversation.say("And then? " + i);
        }

        Reply asked = conversation.say("Who was Rex?");

        Turn question = conversation.turns().get(conversation.turns().size() - 2);
        assertThat(question.details())
                .containsEntry(
                        TurnDetail.RECALLED,
                        told.turn().parent() + "," + told.turn().id());
        assertThat(asked.promptTokens()).isLessThanOrEqualTo(BUDGET);
        assertThat(conversation.say("Oh!").reusedTokens()).isGreaterThanOrEqualTo(asked.promptTokens());
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
