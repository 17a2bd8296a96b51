package dev.confab.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhatsAppDialoguesTest {
    @Test
    void androidsExportIsRead() {
        assertThat(Dialogues.read(DialogueFormat.WHATSAPP, """
                        31.12.23, 22:14 - Messages and calls are end-to-end encrypted. Tap to learn more.
                        31.12.23, 22:15 - Anna: Are you there?
                        31.12.23, 22:16 - Ben: Yes: I am.
                        Second line

                        Last line
                        31.12.23, 22:16 - Ben: <Media omitted>
                        31.12.23, 22:17 - Ben: IMG-20231231-WA0001.jpg (file attached)
                        our cat
                        31.12.23, 22:17 - Ben changed the subject from "Old: one" to "New"
                        31.12.23, 22:18 - Anna: This message was deleted
                        31.12.23, 23:58 - Anna: Happy new year! <This message was edited>
                        01.01.24, 00:01 - Ben: You too!
                        01.01.24, 09:00 - Anna: Awake?
                        01.01.24, 09:01 - Ben: No
                        """))
                .containsExactly(
                        "/ Are you there? > Yes: I am.|Second line||Last line|our cat / Happy new year! > You too!",
                        "/ Awake? > No");
    }

    @Test
    void iosExportIsReadWithItsMarksAndNarrowSpaces() {
        assertThat(Dialogues.read(DialogueFormat.WHATSAPP, """
                        [12/30/23, 11:58:30\u202fPM] Family: \u200eMessages and calls are end-to-end encrypted.
                        [12/30/23, 11:58:30\u202fPM] ~\u202fAnna: Hi \u2068Ben\u2069!
                        \u200e[12/30/23, 11:59:00\u202fPM] Ben: \u200eimage omitted
                        [12/31/23, 12:01:00\u202fAM] Ben: Hello [12] - you
                        [12/31/23, 12:02:00 AM] Anna: \u200e<attached: 00000012-PHOTO.jpg>
                        """)).containsExactly("/ Hi Ben! > Hello [12] - you");
    }

    @Test
    void manyCountriesDatesAreRead() {
        for (String prefix : List.of(
                "5/1/24, 9:05 AM - ",
                "05/01/2024, 21:05 - ",
                "05/01/2024 21:05 - ",
                "2024-01-05, 21:05 - ",
                "5/1/24, 9:05 p. m. - ",
                "5/1/24, 9:05 p.m. - ",
                "[05.01.24, 21:05:59] ",
                "[2024/01/05, 21:05:59] ",
                "[05-01-2024 21.05.59] ")) {
            assertThat(Dialogues.read(DialogueFormat.WHATSAPP, prefix + "A: one\n" + prefix + "B: two\n"))
                    .as(prefix)
                    .containsExactly("/ one > two");
        }
    }

    @Test
    void midnightDoesNotEndADialogueWhicheverOfDayAndMonthComesFirst() {
        assertThat(Dialogues.read(DialogueFormat.WHATSAPP, """
                        01/02/24, 23:59 - A: day first
                        02/02/24, 00:01 - B: is it?
                        """)).containsExactly("/ day first > is it?");
        assertThat(Dialogues.read(DialogueFormat.WHATSAPP, """
                        2/1/24, 11:59 PM - A: month first
                        2/2/24, 12:01 AM - B: is it?
                        2/2/24, 12:01 PM - A: next
                        2/2/24, 12:02 PM - B: noon
                        """))
                .containsExactly("/ month first > is it?", "/ next > noon");
    }

    @Test
    void whatIsNoMessageIsReportedUntilOneBegins() {
        assertThat(Dialogues.read(DialogueFormat.WHATSAPP, """
                        Chat with Anna

                        99/99/24, 10:00 - A: no day
                        1/1/24, 10:00 - A: one
                        99/99/24, 10:00 - still A
                        1/1/24, 10:01 - B: two
                        """))
                .containsExactly(
                        "1! expected a message such as '31.12.23, 22:15 - Anna: Hi!' or '[12/31/23, 10:15:30 PM] Anna: Hi!'",
                        "3! expected a message such as '31.12.23, 22:15 - Anna: Hi!' or '[12/31/23, 10:15:30 PM] Anna: Hi!'",
                        "/ one|99/99/24, 10:00 - still A > two");
    }

    @Test
    void theBotIsWhoIsNamed() {
        var source = new DialogueSource(Path.of("sample"), DialogueFormat.WHATSAPP, 1)
                .withChatExport(ChatExport.DEFAULT.withBotName("A"));
        String chat = "1/1/24, 10:00 - A: one\n1/1/24, 10:01 - B: two\n1/1/24, 10:02 - C: three\n";

        assertThat(Dialogues.read(source, chat)).containsExactly("> one / two / three");
        assertThatThrownBy(() -> Dialogues.read(source, chat.replace("A:", "D:")))
                .hasMessage("sample: nobody is called 'A'; there are messages of [D, B, C]");
    }
}
