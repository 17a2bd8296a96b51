package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.persona.Persona;
import dev.confab.telegram.BotApiServer.Call;
import dev.confab.telegram.store.ChatKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people can ask of the bot itself. */
class CommandsTest extends StartedBot {
    @Test
    void theCommandMenuIsRegisteredAtTheStart() {
        start();

        assertThat(server.calls("setMyCommands"))
                .singleElement()
                .satisfies(call -> assertThat(call.parameters().get("commands"))
                        .contains("start", "reset", "retry", "undo", "persona", "settings", "privacy", "forget", "help")
                        .doesNotContain("\"gif\""));
    }

    @Test
    void aPersonaIsChosenByItsName() {
        withPersonas();
        start();
        server.says(ADA, "/persona captain");
        awaitTexts(ADA, 1);

        assertThat(server.texts(ADA).getFirst()).contains("Captain Mara");
        assertThat(server.calls("sendMessage").getFirst().parameters().get("reply_markup"))
                .contains(
                        "✓ " + Persona.shipped("captain").name(),
                        "p:" + Persona.shipped("robot").name());
        server.says(ADA, "hello");
        awaitTexts(ADA, 2);
        assertThat(persona(ADA)).isEqualTo(Persona.shipped("captain").name());
    }

    @Test
    void commandsStartAnewTakeBackAndRetry() {
        start();
        for (String text : List.of(
                "/start",
                "answer one",
                "/undo",
                "/undo",
                "answer two",
                "/retry",
                "/reset",
                "/retry",
                "/help",
                "/privacy",
                "/gif cats",
                "/nonsense")) {
            server.says(ADA, text);
        }

        awaitTexts(ADA, 12);
        List<String> texts = server.texts(ADA);
        assertThat(texts.get(0)).contains("I am Talky");
        assertThat(texts.get(2)).contains("answer one");
        assertThat(texts.get(3)).isEqualTo(Sentences.NOTHING_TO_UNDO);
        assertThat(texts.get(5)).isNotBlank();
        assertThat(texts.get(6)).isEqualTo(Sentences.NEW_CONVERSATION);
        assertThat(texts.get(7)).isEqualTo(Sentences.NOTHING_TO_RETRY);
        assertThat(texts.get(8)).contains("/privacy").doesNotContain("/gif");
        assertThat(texts.get(9)).contains("/forget");
        assertThat(texts.get(10)).isEqualTo(Sentences.NO_GIFS);
        assertThat(texts.get(11)).contains("/nonsense", "/help");
    }

    @Test
    void forgetLeavesNothing() {
        start();
        server.says(ADA, "answer secret");
        awaitTexts(ADA, 1);
        await().untilAsserted(() -> assertThat(transcript(ADA)).contains("secret"));
        server.says(ADA, "/forget");

        awaitTexts(ADA, 2);
        await().until(() -> store.unfinished().isEmpty());
        assertThat(store.chat(new ChatKey(ADA, 0))).isEmpty();
    }

    @Test
    void settingsAreChosenWithButtonsAndKept() {
        start();
        server.says(ADA, "/settings");
        awaitTexts(ADA, 1);
        Call shown = server.calls("sendMessage").getFirst();
        assertThat(shown.parameters().get("reply_markup")).contains("t:0.7", "callback_data");
        server.presses(ADA, server.messages(ADA).getFirst().id(), "t:0.7");

        await().until(() -> server.texts(ADA).getFirst().contains("Temperature: 0.7"));
        assertThat(server.calls("answerCallbackQuery")).hasSize(1);
        assertThat(store.chat(new ChatKey(ADA, 0)).orElseThrow().settings().temperature())
                .isEqualTo(0.7);
        assertThat(server.calls("editMessageText").getLast().parameters().get("reply_markup"))
                .contains("✓ 0.7");
    }

    @ParameterizedTest
    @CsvSource({
        "robot,Bolt",
        "ROBOT,Bolt",
        "bolt,Bolt",
        "Captain Mara,Captain Mara",
        "capt,Captain Mara",
        "mara,Captain Mara",
        "quill,Mr Quill",
        "default,",
    })
    void aPersonaIsMeantByItsIdItsNameOrABeginningOfOne(String words, @Nullable String name) {
        withPersonas();
        start();
        server.says(ADA, "/persona fern");
        server.says(ADA, "/persona " + words);
        awaitTexts(ADA, 2);

        await().until(() -> store.unfinished().isEmpty());
        assertThat(persona(ADA)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"obot", "m", "nobody", "Mr Quill the second"})
    void whoMeansNobodyInParticularIsToldTheChoice(String words) {
        withPersonas();
        start();
        server.says(ADA, "/persona " + words);
        awaitTexts(ADA, 1);

        assertThat(server.texts(ADA).getFirst())
                .contains(words, "Captain Mara (captain), Fern (gardener), Mr Quill (librarian), Bolt (robot)");
        assertThat(server.calls("sendMessage").getFirst().parameters()).containsKey("reply_markup");
        await().until(() -> store.unfinished().isEmpty());
        assertThat(persona(ADA)).isNull();
    }

    private void withPersonas() {
        SequencedMap<String, Persona> personas = new LinkedHashMap<>();
        Persona.shipped().forEach(id -> personas.put(id, Persona.shipped(id)));
        builder.personas(personas);
    }
}
