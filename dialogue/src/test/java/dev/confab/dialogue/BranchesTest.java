package dev.confab.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.GenerationConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BranchesTest {
    private static final LanguageModel MODEL =
            LanguageModel.fromPretrained(Fixtures.model("tiny-a/st-f32").toString());

    @TempDir
    Path folder;

    private final Chatbot bot = Chatbot.of(
            MODEL,
            GenerationConfig.builder().maxNewTokens(6).doSample(true).seed(7).build());
    private final Conversation conversation = bot.newConversation("test");

    @AfterAll
    static void closeTheModel() {
        MODEL.close();
    }

    @Test
    void aReplyMadeAnewLeavesTheFormerOneAsABranch() {
        Reply first = conversation.say("hi");
        Reply second = conversation.regenerate();

        assertThat(texts()).containsExactly("hi", second.text());
        assertThat(conversation.transcript().alternatives(second.turn().id()))
                .containsExactly(first.turn(), second.turn());
        assertThat(conversation.branches()).containsExactly(first.turn(), second.turn());
    }

    @Test
    void anEditedTurnGoesOnFromThereAndTheFormerStaysToGoBackTo() {
        conversation.say("hi");
        Reply music = conversation.say("Do you like music?");
        Turn asked = conversation.turns().get(2);

        Reply films = conversation.edit(asked.id(), "Do you like films?");

        assertThat(texts()).hasSize(4).contains("hi", "Do you like films?").doesNotContain("Do you like music?");
        assertThat(conversation.branches()).containsExactly(music.turn(), films.turn());
        conversation.switchTo(asked.id());
        assertThat(texts()).endsWith("Do you like music?", music.text());
    }

    @Test
    void whatIsTakenBackIsNotShownToTheModel() {
        Reply alone = bot.newConversation().say("hi");

        conversation.say("Tell me about yourself.");
        assertThat(conversation.undo()).map(Turn::text).contains("Tell me about yourself.");

        assertThat(conversation.turns()).isEmpty();
        assertThat(conversation.say("hi").promptTokens()).isEqualTo(alone.promptTokens());
        assertThat(conversation.branches()).hasSize(2);
        conversation.undo();
        assertThat(conversation.undo()).as("nothing is left").isEmpty();
    }

    @Test
    void aConversationGoesOnWhereItWasSaved() {
        conversation.say("hi");
        conversation.regenerate();
        conversation.say("Do you like music?");
        Path file = folder.resolve("talk.json");
        conversation.save(file);

        Conversation again = bot.load(file);

        assertThat(again.id()).isEqualTo("test");
        assertThat(again.transcript().turns())
                .isEqualTo(conversation.transcript().turns());
        assertThat(again.turns()).isEqualTo(conversation.turns());
        assertThat(again.say("Why?").text()).isEqualTo(conversation.say("Why?").text());
    }

    @Test
    void aConversationWhoseCacheIsGoneGoesOnAsIfItWereThere() {
        Conversation cached = bot.newConversation();
        for (String said : List.of("hi", "Do you like music?", "Why?")) {
            Reply fresh = conversation.say(said);
            conversation.close();

            assertThat(cached.say(said).text()).isEqualTo(fresh.text());
            assertThat(fresh.reusedTokens()).isZero();
        }
        assertThat(bot.cachedConversations()).isEqualTo(1);
    }

    @Test
    void onlyWhatThePersonSaidCanBeEdited() {
        conversation.say("hi");

        assertThatThrownBy(() -> conversation.edit(2, "no"))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("turn 2 is the chatbot's");
        assertThatThrownBy(() -> conversation.edit(9, "no")).hasMessageContaining("its turns are 1 to 2");
        assertThatThrownBy(() -> bot.newConversation().regenerate()).hasMessageContaining("say something first");
    }

    @Test
    void filesThatAreNoConversationsAreRefusedWithTheReason() throws Exception {
        conversation.say("hi");
        String json = conversation.transcript().toJson();

        assertRefused("{", "not valid JSON");
        assertRefused("{}", "expected \"confab-conversation\"");
        assertRefused(json.replace("\"version\" : 1", "\"version\" : 2"), "version 2");
        assertRefused(json.replace("\"parent\" : 1", "\"parent\" : 7"), "turn 2 with parent 7");
        assertRefused(json.replace("\"id\" : 1,", "\"id\" : 2,"), "turn 2");
        assertRefused(json.replace("\"chatbot\"", "\"nobody\""), "'nobody'");
        assertRefused(json.replaceFirst("\"time\" : \"[^\"]*\"", "\"time\" : \"noon\""), "'noon'");
        assertThatThrownBy(() -> bot.load(folder.resolve("none"))).hasMessageContaining("cannot be read");
    }

    @Test
    void theTextOfAConversationSaysWhoSaidWhat() {
        Reply reply = conversation.say("hi\nthere");

        assertThat(conversation.transcript().toText())
                .startsWith("You: hi\n     there\nBot: "
                        + reply.text().lines().findFirst().orElse(""));
    }

    private void assertRefused(String json, String message) throws Exception {
        Path file = Files.writeString(folder.resolve("broken.json"), json);
        assertThatThrownBy(() -> bot.load(file))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining(message);
    }

    private List<String> texts() {
        return conversation.turns().stream().map(Turn::text).toList();
    }
}
