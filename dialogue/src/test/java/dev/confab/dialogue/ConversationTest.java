package dev.confab.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.dialogue.guard.Guards;
import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.FinishReason;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ConversationTest {
    private static final LanguageModel MODEL =
            LanguageModel.fromPretrained(Fixtures.model("tiny-a/st-f32").toString());

    @AfterAll
    static void closeTheModel() {
        MODEL.close();
    }

    /** The README's loop in the reference, for as long as the whole conversation fits with room for a reply. */
    @Test
    void repliesAreThoseOfTheReference() {
        List<String> failures = new ArrayList<>();
        int turns = 0;
        for (JsonNode chat : Fixtures.golden("chat-tiny-a").get("chats")) {
            GenerationConfig config = GenerationConfig.fromJson(chat.get("kwargs"), Set.of());
            int room = config.maxLength() - config.maxLength() / 4;
            try (Conversation conversation = plain(config).newConversation()) {
                for (JsonNode turn : chat.get("turns")) {
                    if (turn.has("error") || turn.get("input_length").intValue() > room) {
                        break;
                    }
                    turns++;
                    String reply =
                            conversation.say(turn.get("user").stringValue()).text();
                    if (!reply.equals(turn.get("reply").stringValue())) {
                        failures.add(chat.get("id").stringValue() + ": '" + reply + "', expected " + turn.get("reply"));
                    }
                }
            }
        }
        System.out.println("chat-tiny-a through conversations: " + turns + " turns");
        assertThat(failures).isEmpty();
        assertThat(turns).isGreaterThan(30);
    }

    @Test
    void partsJoinedAreTheReply() {
        try (Conversation conversation = Chatbot.of(MODEL).newConversation()) {
            var parts = new StringBuilder();
            Reply reply = conversation.say("Hello, how are you?", parts::append);

            assertThat(parts).hasToString(reply.text());
            assertThat(reply.tokens()).isPositive();
            assertThat(reply.finishReason()).isEqualTo(FinishReason.EOS);
        }
    }

    @Test
    void aTurnReadsOnlyWhatIsNew() {
        try (Conversation conversation = Chatbot.of(MODEL, replies(8)).newConversation()) {
            Reply first = conversation.say("hi");
            Reply second = conversation.say("hi");

            assertThat(first.reusedTokens()).isZero();
            assertThat(second.reusedTokens()).isGreaterThanOrEqualTo(first.promptTokens());
            assertThat(second.promptTokens()).isGreaterThan(first.promptTokens());
        }
    }

    @Test
    void aHundredTurnsAndATurnThatIsFarTooLongNeverFail() {
        try (Conversation conversation = Chatbot.of(MODEL).newConversation()) {
            for (int i = 0; i < 100; i++) {
                Reply reply = conversation.say("And then what happened?");
                assertThat(reply.promptTokens() + reply.tokens()).isLessThanOrEqualTo(128);
            }
            Reply reply = conversation.say("Tell me a story. ".repeat(5_000));
            assertThat(reply.promptTokens()).isLessThanOrEqualTo(128);
        }
    }

    @Test
    void anEmptyTurnGetsAReply() {
        try (Conversation conversation = Chatbot.of(MODEL, replies(4)).newConversation()) {
            assertThat(conversation.say("").promptTokens()).isEqualTo(1);
        }
    }

    @Test
    void aReplyThatIsForcedToBeEmptyIsNoError() {
        GenerationConfig silent =
                GenerationConfig.builder().maxNewTokens(1).forcedEosTokenId(511).build();
        try (Conversation conversation = plain(silent).newConversation()) {
            Reply reply = conversation.say("Anybody there?");

            assertThat(reply.text()).isEmpty();
            assertThat(conversation.say("Hello?").text()).isEmpty();
        }
    }

    @Test
    void lengthsThatLeaveHardlyAnyRoomNeverFail() {
        for (int maxLength : new int[] {1, 2, 3, 5, 128, 100_000}) {
            GenerationConfig config =
                    GenerationConfig.builder().maxLength(maxLength).build();
            try (Conversation conversation = Chatbot.of(MODEL, config).newConversation()) {
                conversation.say("Do you like music?");
                conversation.say("Why?");
            }
        }
        try (Conversation conversation = Chatbot.of(MODEL, replies(100_000)).newConversation()) {
            assertThat(conversation.say("Do you like music?").finishReason()).isNotNull();
            assertThat(conversation.say("Why?".repeat(200)).finishReason()).isNotNull();
        }
    }

    @Test
    void aCancelledReplyStaysInTheConversation() {
        try (Conversation conversation = Chatbot.of(MODEL).newConversation()) {
            Reply reply = conversation.say("Does money buy happiness?", part -> conversation.cancel());

            assertThat(reply.finishReason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(reply.tokens()).isLessThan(5);
            assertThat(conversation.say("Go on.").finishReason()).isNotEqualTo(FinishReason.CANCELLED);
        }
    }

    @Test
    void whatWasSaidIsForgottenAfterAReset() {
        try (Conversation conversation = Chatbot.of(MODEL).newConversation()) {
            Reply first = conversation.say("Hello, how are you?");
            conversation.say("What's your name?");
            conversation.reset();

            assertThat(conversation.say("Hello, how are you?").text()).isEqualTo(first.text());
        }
    }

    @Test
    void aFailedTurnIsAsIfItHadNotBeenSaid() {
        try (Conversation conversation = Chatbot.of(MODEL).newConversation();
                Conversation untroubled = Chatbot.of(MODEL).newConversation()) {
            assertThatThrownBy(() -> conversation.say("Hello", part -> {
                        throw new IllegalStateException("the listener failed");
                    }))
                    .hasMessage("the listener failed");

            assertThat(conversation.say("hi").text())
                    .isEqualTo(untroubled.say("hi").text());
        }
    }

    @Test
    void aTurnCannotSmuggleInTheEndOfATurn() {
        try (Conversation conversation = Chatbot.of(MODEL, replies(1)).newConversation()) {
            int plain = conversation.say("hi").promptTokens();
            conversation.reset();

            assertThat(conversation.say("hi" + MODEL.tokenizer().eosToken()).promptTokens())
                    .isGreaterThan(plain + 1);
        }
    }

    @Test
    void manyPeopleTalkAtOnceAndNoneHearsAnother() throws Exception {
        List<String> openings = List.of("hi", "Where do you live?", "LOL!!!", "Who was he?");
        List<String> alone = new ArrayList<>();
        for (String opening : openings) {
            alone.add(twoTurns(opening));
        }
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> together = new ArrayList<>();
            for (String opening : openings) {
                together.add(people.submit((Callable<String>) () -> twoTurns(opening)));
            }
            for (int i = 0; i < openings.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i));
            }
        }
    }

    @Test
    void settingsThatContradictEachOtherAreRefusedAtOnce() {
        GenerationConfig config =
                GenerationConfig.builder().doSample(true).temperature(0).build();

        assertThatThrownBy(() -> Chatbot.of(MODEL, config))
                .isInstanceOf(GenerationException.class)
                .hasMessageContaining("temperature");
    }

    @Test
    void closingAChatbotClosesTheModelThatItLoaded() {
        var bot = Chatbot.fromPretrained(Fixtures.model("tiny-a/st-f32").toString());
        var conversation = bot.newConversation();
        conversation.say("hi");
        bot.close();

        assertThatThrownBy(() -> conversation.say("hi")).isInstanceOf(RuntimeException.class);
    }

    /** A chatbot that says what the model says, whatever it is. */
    private static Chatbot plain(GenerationConfig config) {
        return Chatbot.builder()
                .model(MODEL)
                .generation(config)
                .guards(Guards.none())
                .build();
    }

    private static String twoTurns(String opening) {
        try (Conversation conversation = Chatbot.of(MODEL).newConversation()) {
            return conversation.say(opening).text() + "|"
                    + conversation.say("Why?").text();
        }
    }

    private static GenerationConfig replies(int maxNewTokens) {
        return GenerationConfig.builder().maxNewTokens(maxNewTokens).build();
    }
}
