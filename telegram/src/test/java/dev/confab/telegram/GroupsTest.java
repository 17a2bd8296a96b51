package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.persona.Persona;
import dev.confab.telegram.store.ChatKey;
import dev.confab.telegram.store.ChatSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** In groups, with and without topics. */
class GroupsTest extends StartedBot {
    private static final long GROUP = -1001;

    @Test
    void inGroupsItAnswersWhoMeansIt() {
        server.administer(GROUP, Set.of(ADA));
        start();
        server.message(server.inGroup(GROUP, ADA).put("text", "answer to nobody"));
        int mentioned = server.message(
                server.mention(GROUP, ADA, "answer mention").put("text", "@talkytestbot, answer mention"));
        var reply = server.inGroup(GROUP, BOB).put("text", "answer reply");
        var answered = server.inGroup(GROUP, BOB).put("text", "before");
        answered.putObject("from")
                .put("id", BotApiServer.BOT)
                .put("is_bot", true)
                .put("first_name", "Talky");
        reply.set("reply_to_message", answered);
        server.message(reply);
        server.message(server.inGroup(GROUP, ADA).put("text", "/help@SomeOtherBot"));
        server.message(server.inGroup(GROUP, ADA).put("text", "/nonsense"));
        var robot = server.mention(GROUP, 99, "answer robot");
        robot.putObject("from").put("id", 99).put("is_bot", true).put("first_name", "Robot");
        server.message(robot);
        server.message(server.inGroup(GROUP, ADA).put("text", "/reset@TalkyTestBot"));

        awaitTexts(GROUP, 3);
        assertThat(server.texts(GROUP)).containsExactly("mention", "reply", Sentences.NEW_CONVERSATION);
        assertThat(server.calls("sendMessage").getFirst().parameters().get("reply_parameters"))
                .contains("\"message_id\":" + mentioned);
    }

    @Test
    void atARateItAnswersWhatIsSaidToNobody() {
        builder.groupRate(1);
        start();
        server.message(server.inGroup(-5, ADA).put("text", "answer nobody asked"));

        awaitTexts(-5, 1);
        assertThat(server.texts(-5)).containsExactly("nobody asked");
    }

    @Test
    void eachTopicOfAForumHasItsOwnConversation() {
        start();
        for (int topic : List.of(11, 12)) {
            server.message(server.mention(-6, ADA, "answer topic " + topic)
                    .put("is_topic_message", true)
                    .put("message_thread_id", topic));
        }

        awaitTexts(-6, 2);
        assertThat(server.calls("sendMessage"))
                .allSatisfy(call -> assertThat(call.text())
                        .isEqualTo("topic " + call.parameters().get("message_thread_id")));
        await().until(() -> store.unfinished().isEmpty());
        assertThat(store.chat(new ChatKey(-6, 11)).orElseThrow().transcript())
                .contains("topic 11")
                .doesNotContain("topic 12");
    }

    @Test
    void aGroupThatBecomesASupergroupKeepsItsConversation() {
        start();
        server.message(server.mention(-9, ADA, "answer before"));
        awaitTexts(-9, 1);
        await().until(() -> store.unfinished().isEmpty());
        server.message(server.inGroup(-9, ADA).put("migrate_to_chat_id", -1009L));

        await().until(() -> store.chat(new ChatKey(-1009, 0)).isPresent());
        assertThat(store.chat(new ChatKey(-1009, 0)).orElseThrow().transcript()).contains("before");
        assertThat(store.chat(new ChatKey(-9, 0))).isEmpty();
    }

    @Test
    void onlyAdministratorsChangeTheSettingsOfAGroup() {
        SequencedMap<String, Persona> personas = new LinkedHashMap<>();
        personas.put("robot", Persona.shipped("robot"));
        builder.personas(personas);
        server.administer(GROUP, Set.of(ADA));
        start();
        server.message(server.inGroup(GROUP, BOB).put("text", "/persona robot"));
        server.message(server.inGroup(GROUP, BOB).put("text", "/settings"));
        awaitTexts(GROUP, 2);
        assertThat(server.texts(GROUP)).allMatch(text -> text.endsWith(Sentences.ONLY_ADMINISTRATORS));
        assertThat(server.calls("sendMessage"))
                .allSatisfy(call -> assertThat(call.parameters()).doesNotContainKey("reply_markup"));
        await().until(() -> store.unfinished().isEmpty());
        assertThat(persona(GROUP)).isNull();

        server.message(server.inGroup(GROUP, ADA).put("text", "/persona robot"));
        awaitTexts(GROUP, 3);
        await().until(() -> "Bolt".equals(persona(GROUP)));
        int menu = server.messages(GROUP).getLast().id();
        server.presses(server.inGroup(GROUP, BOB), menu, "p:-");
        await().until(() -> server.calls("answerCallbackQuery").size() == 1);
        assertThat(server.calls("answerCallbackQuery").getFirst().text()).isEqualTo(Sentences.ONLY_ADMINISTRATORS);
        assertThat(persona(GROUP)).isEqualTo("Bolt");

        server.presses(server.inGroup(GROUP, ADA), menu, "p:-");
        await().until(() -> persona(GROUP) == null);
        assertThat(server.calls("getChatAdministrators")).hasSize(1);
    }

    @Test
    void onlyAdministratorsLetAGroupsConversationBeForgotten() {
        server.administer(GROUP, Set.of(ADA));
        start();
        server.message(server.mention(GROUP, BOB, "answer remembered"));
        server.message(server.inGroup(GROUP, BOB).put("text", "/forget"));
        server.message(server.inGroup(GROUP, BOB).put("text", "/reset"));
        awaitTexts(GROUP, 3);
        assertThat(server.texts(GROUP))
                .containsExactly("remembered", Sentences.ADMINISTRATORS_ASK, Sentences.ADMINISTRATORS_ASK);
        await().until(() -> store.unfinished().isEmpty());
        assertThat(transcript(GROUP)).contains("remembered");

        server.message(server.inGroup(GROUP, ADA).put("text", "/forget"));
        awaitTexts(GROUP, 4);
        assertThat(server.texts(GROUP).getLast()).isEqualTo(Sentences.FORGOTTEN);
        assertThat(store.chat(new ChatKey(GROUP, 0))).isEmpty();
    }

    @Test
    void whoSpeaksInTheNameOfTheGroupIsAnAdministratorAndAChannelIsNot() {
        start();
        for (long inNameOf : List.of(GROUP, -4444L)) {
            var message = server.inGroup(GROUP, 1087968824).put("text", "/settings");
            message.putObject("from").put("id", 1087968824).put("is_bot", true).put("first_name", "Group");
            message.putObject("sender_chat").put("id", inNameOf).put("type", "supergroup");
            server.message(message);
        }

        awaitTexts(GROUP, 2);
        assertThat(server.calls("sendMessage").getFirst().parameters()).containsKey("reply_markup");
        assertThat(server.texts(GROUP).getLast()).endsWith(Sentences.ONLY_ADMINISTRATORS);
    }

    @Test
    void ifTelegramDoesNotSayWhoAdministersNothingIsChanged() {
        server.fail("getChatAdministrators", Fault.error(400, "Bad Request: chat not found"));
        server.administer(GROUP, Set.of(ADA));
        start();
        server.presses(server.inGroup(GROUP, ADA), 5, "t:0.7");
        server.message(server.mention(GROUP, BOB, "answer goes on"));

        awaitTexts(GROUP, 1);
        assertThat(server.texts(GROUP)).containsExactly("goes on");
        await().until(() -> store.unfinished().isEmpty());
        assertThat(store.chat(new ChatKey(GROUP, 0)).orElseThrow().settings()).isEqualTo(ChatSettings.NONE);
    }
}
