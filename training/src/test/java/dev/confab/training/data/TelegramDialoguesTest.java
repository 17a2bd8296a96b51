package dev.confab.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TelegramDialoguesTest {
    private static final String ONE_CHAT = """
            {
             "name": "Anna",
             "type": "personal_chat",
             "id": 111,
             "messages": [
              {"id": 1, "type": "service", "date": "2024-05-01T10:00:00", "date_unixtime": "1714557600", "actor": "Anna", "action": "phone_call", "text": ""},
              {"id": 2, "type": "message", "date": "2024-05-01T10:00:00", "date_unixtime": "1714557600", "from": "Anna", "from_id": "user1", "text": "Are you awake?"},
              {"id": 3, "type": "message", "date": "2024-05-01T10:01:00", "from": "Ben", "from_id": "user2", "text": "Yes", "date_unixtime": "1714557660"},
              {"id": 4, "type": "message", "date": "2024-05-01T10:02:00", "date_unixtime": "1714557720", "from": "Ben", "from_id": "user2", "text": ["Look at ", {"type": "link", "text": "example.org"}, ", it is ", {"type": "bold", "text": "good"}], "text_entities": [{"type": "plain", "text": "Look at "}]},
              {"id": 5, "type": "message", "date": "2024-05-01T10:02:30", "date_unixtime": "1714557750", "from": "Ben", "from_id": "user2", "forwarded_from": "News", "text": "Somebody else's words"},
              {"id": 6, "type": "message", "date": "2024-05-01T10:03:00", "date_unixtime": "1714557780", "from": "Ben", "from_id": "user2", "file": "sticker.webp", "media_type": "sticker", "sticker_emoji": "x", "text": ""},
              {"id": 7, "type": "message", "date": "2024-05-01T10:04:00", "date_unixtime": "1714557840", "from": "Anna", "from_id": "user1", "photo": "photo.jpg", "width": 1, "text": "My cat"},
              {"id": 8, "type": "message", "date": "2024-05-01T10:40:00", "date_unixtime": "1714560000", "from": "Anna", "from_id": "user1", "text": "Hello?"},
              {"id": 9, "type": "message", "date": "2024-05-01T22:00:00", "date_unixtime": "1714600800", "from": "Ben", "from_id": "user2", "text": "Good night"},
              {"id": 10, "type": "message", "date": "2024-05-01T22:01:00", "date_unixtime": "1714600860", "from": null, "from_id": "user3", "text": "Sleep well"},
              {"id": 11, "type": "message", "date": "2024-05-03T08:00:00", "date_unixtime": "1714723200", "from": "Anna", "from_id": "user1", "text": "Nobody answers this"}
             ]
            }
            """;

    @Test
    void whatPeopleTypedBecomesTurnsAndLongSilencesEndDialogues() {
        assertThat(Dialogues.read(DialogueFormat.TELEGRAM, ONE_CHAT))
                .containsExactly(
                        "/ Are you awake? > Yes|Look at example.org, it is good / My cat / Hello?",
                        "/ Good night > Sleep well");
    }

    @Test
    void theBotIsWhoIsNamed() {
        String expected = "> Are you awake? / Yes|Look at example.org, it is good > My cat > Hello?";

        assertThat(Dialogues.read(telegram("Anna"), ONE_CHAT)).containsExactly(expected, "/ Good night / Sleep well");
        assertThat(Dialogues.read(telegram("user1"), ONE_CHAT)).first().isEqualTo(expected);
    }

    @Test
    void aBotThatIsNotThereIsAnErrorThatNamesTheOthers() {
        assertThatThrownBy(() -> Dialogues.read(telegram("Clara"), ONE_CHAT))
                .isInstanceOf(DataException.class)
                .hasMessage("sample: nobody is called 'Clara'; there are messages of [Anna, Ben, user3]");
    }

    @Test
    void otherPausesMakeOtherTurnsAndDialogues() {
        var export = ChatExport.DEFAULT.withPauses(Duration.ofHours(1), Duration.ofDays(3));
        var source = new DialogueSource(Path.of("sample"), DialogueFormat.TELEGRAM, 1).withChatExport(export);

        assertThat(Dialogues.read(source, ONE_CHAT))
                .containsExactly("/ Are you awake? > Yes|Look at example.org, it is good / My cat|Hello?"
                        + " > Good night / Sleep well / Nobody answers this");
    }

    @Test
    void allChatsOfAnExportAreReadAndDoNotRunIntoEachOther() {
        assertThat(Dialogues.read(DialogueFormat.TELEGRAM, """
                        {"about": "Here is the data.", "personal_information": {"user_id": 1, "messages": "none"},
                         "contacts": {"list": [{"user_id": 3}]},
                         "chats": {"about": "", "list": [
                          {"name": "A", "type": "personal_chat", "messages": [
                           {"type": "message", "date": "2024-05-01T10:00:00", "from": "A", "text": "one"},
                           {"type": "message", "date": "2024-05-01T10:00:01", "from": "B", "text": "two"}]},
                          {"name": "C", "messages": []},
                          {"name": "D", "messages": [
                           {"type": "message", "date": "2024-05-01T10:00:02", "from": "B", "text": "three"},
                           {"type": "message", "date": "2024-05-01T10:00:03", "from": "D", "text": "four"}]}]},
                         "left_chats": {"list": [{"messages": [
                           {"type": "message", "date": "2024-05-01T10:00:02", "from": "B", "text": "five"},
                           {"type": "message", "date": "2024-05-01T10:00:03", "from": "E", "text": "six"}]}]}}
                        """))
                .containsExactly("/ one > two", "/ three > four", "/ five > six");
    }

    @Test
    void brokenMessagesAreReportedWithTheirLineAndTheOthersAreRead() {
        assertThat(Dialogues.read(DialogueFormat.TELEGRAM, """
                        {"messages": [
                          {"type": "message", "from": "A", "text": "no date"},
                          {"type": "message", "date": "2024-05-01T10:00:00", "text": "no sender"},
                          {"type": "message", "date": "2024-05-01T10:00:00", "from": "A", "text": {"a": [1]}},
                          "?",
                          {"type": "message", "date": "2024-05-01T10:00:00", "from": "A", "text": ["x", 1]},
                          {"type": "message", "date": "2024-05-01T10:00:00", "from": "A", "text": "one"},
                          {"type": "message", "date": "2024-05-01T10:00:01", "from": "B", "text": "two"}]}
                        """))
                .containsExactly(
                        "2! the message has no date such as 2024-05-01T18:30:00",
                        "3! the message has no sender, neither 'from' nor 'from_id'",
                        "4! the message's 'text' is neither a text nor a list",
                        "5! expected a message, a JSON object",
                        "6! a part of the message's 'text' is neither a text nor an object",
                        "/ one > two");
    }

    @Test
    void aFileThatIsCutOffOrNoExportIsAnError() {
        assertThatThrownBy(() -> Dialogues.read(DialogueFormat.TELEGRAM, ONE_CHAT.substring(0, 800)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("sample:9: cannot be read on from here: ");
        assertThatThrownBy(() -> Dialogues.read(DialogueFormat.TELEGRAM, "{\"chats\": {\"list\": []}}"))
                .hasMessageContaining("there is no list 'messages' in it");
    }

    private static DialogueSource telegram(String bot) {
        return new DialogueSource(Path.of("sample"), DialogueFormat.TELEGRAM, 1)
                .withChatExport(ChatExport.DEFAULT.withBotName(bot));
    }
}
