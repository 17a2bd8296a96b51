package dev.confab.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineFormatsTest {
    @Test
    void theSecondSpeakerOfJsonLinesIsTheBot() {
        assertThat(Dialogues.read(DialogueFormat.JSON_LINES, """
                        \uFEFF{"source": "a", "turns": ["Hi!", " Hello. ", "Bye"], "persona": ["I like tea."]}\r

                        {"turns": ["Gr\u00fc\u00df dich!\\n\\ud83d\\ude00"]}"""))
                .containsExactly("/ Hi! > Hello. / Bye", "/ Gr\u00fc\u00df dich!|\ud83d\ude00");
    }

    @Test
    void brokenJsonLinesAreReportedWithTheirNumberAndTheOthersAreRead() {
        List<String> seen = Dialogues.read(DialogueFormat.JSON_LINES, """
                {"turns": ["Hi!", "Hello."]}
                {"turns": ["Hi!", "Hel
                {"turns": ["Hi!", ""]}
                {"turns": ["Hi!", 3]}
                {"text": "Hi!"}
                ["Hi!"]
                {"turns": ["Bye!", "See you."]}
                """);

        assertThat(seen).hasSize(7);
        assertThat(seen.get(1)).startsWith("2! is not valid JSON at column ");
        assertThat(seen.subList(2, 6))
                .containsExactly(
                        "3! 'turns[1]' is empty; leave the whole dialogue out, or say something there",
                        "4! 'turns[1]' is number, expected a text",
                        "5! expected a JSON object with a list 'turns', found the fields [text]",
                        "6! expected a JSON object with a list 'turns', found array");
        assertThat(seen.getLast()).isEqualTo("/ Bye! > See you.");
    }

    @Test
    void whatAReportQuotesIsShortAndCannotUpsetATerminal() {
        String seen = Dialogues.read(DialogueFormat.JSON_LINES, "{\"\\u001b[31m" + "x".repeat(1000) + "\": 1}")
                .getFirst();

        assertThat(seen).hasSizeLessThan(320).contains("?[31mxxx").endsWith("...");
    }

    @Test
    void dialogptsRowsHaveWeightsAndTheLastSpeakerIsTheBot() {
        assertThat(Dialogues.read(DialogueFormat.DIALOGPT_TSV, """
                        0.0 how are you ? EOS 1.0 fine EOS 0.0 good\t1.0 and you ?
                        hello\thi there
                        1 a b\t0 c
                        """))
                .containsExactly("/ (how are you ?) > fine / (good) > and you ?", "/ hello > hi there", "/ a b > (c)");
    }

    @Test
    void aTurnOfDialogptsThatBeginsWithANumberOrNanKeepsIt() {
        assertThat(Dialogues.read(DialogueFormat.DIALOGPT_TSV, """
                        how much ?\t21 dollars .
                        what to eat ?\tnan bread
                        1.0 how many ?\t0.5 2 of them
                        is it EOSIN ?\tno EOS
                        """))
                .containsExactly(
                        "/ how much ? > 21 dollars .",
                        "/ what to eat ? > nan bread",
                        "/ how many ? > 2 of them",
                        "/ is it EOSIN ? > no EOS");
    }

    @Test
    void dialogptsRowsWithEmptyTurnsOrOtherColumnsAreBroken() {
        assertThat(Dialogues.read(DialogueFormat.DIALOGPT_TSV, """
                        0.0 \t1.0 hi
                        hello
                        a\tb\tc
                        a EOS EOS b\tc
                        """))
                .containsExactly(
                        "1! turn 1 is empty; DialoGPT skips such a row, too",
                        "2! has 1 columns, expected 2, split by a tab: what was said before, and the reply",
                        "3! has 3 columns, expected 2, split by a tab: what was said before, and the reply",
                        "4! turn 2 is empty; DialoGPT skips such a row, too");
    }

    @Test
    void chatMessagesHaveRolesAndSystemMessagesAreLeftOut() {
        assertThat(Dialogues.read(DialogueFormat.CHAT_JSON_LINES, """
                        {"messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi!"}, {"role": "assistant", "content": "Hello.", "weight": 0}, {"role": "user", "content": "a"}, {"role": "user", "content": "b"}, {"role": "assistant", "content": "c"}]}
                        {"messages": [{"role": "user", "content": [{"type": "text", "text": "Look"}, {"type": "image_url", "image_url": {}}]}, {"role": "assistant", "content": null, "tool_calls": []}, {"role": "tool", "content": "7"}, {"role": "assistant", "content": "Nice."}]}
                        """))
                .containsExactly("/ Hi! > (Hello.) / a|b > c", "/ Look > Nice.");
    }

    @Test
    void chatMessagesThatCannotBeUnderstoodAreBroken() {
        assertThat(Dialogues.read(DialogueFormat.CHAT_JSON_LINES, """
                        {"messages": [{"role": "robot", "content": "Hi!"}]}
                        {"messages": [{"role": "user", "content": 7}]}
                        {"messages": [{"role": "system", "content": "Be kind."}]}
                        {"messages": [{"role": "user", "content": "Hi!", "weight": -1}]}
                        {"messages": []}
                        """))
                .containsExactly(
                        "1! 'messages[0]' has the role \"robot\", expected user, assistant, system, developer or tool",
                        "2! 'messages[0]' has a content that is number, expected a text",
                        "3! there is no message of a user or an assistant with a text",
                        "4! 'messages[0]' has the weight -1, expected a number of 0 or more",
                        "5! expected a JSON object with a list 'messages', found the fields [messages]");
    }

    @Test
    void csvCellsMayHoldCommasQuotesAndLines() {
        assertThat(Dialogues.read(DialogueFormat.CSV, """
                        \uFEFFQuestion,Answer
                        "Tea, or coffee?","Tea, ""please""."

                        How are you?,"Fine.
                        And you?"
                        """))
                .containsExactly("/ Tea, or coffee? > Tea, \"please\".", "/ How are you? > Fine.|And you?");
    }

    @Test
    void csvNeedsNoHeaderAndMayHaveSemicolons() {
        assertThat(Dialogues.read(DialogueFormat.CSV, "question?;an answer\n\"a;b, c\";d\n"))
                .containsExactly("/ question? > an answer", "/ a;b, c > d");
    }

    @Test
    void csvRowsWithOtherColumnsOrEmptyCellsAreBroken() {
        assertThat(Dialogues.read(DialogueFormat.CSV, "a,b\nc\nd,e,f\ng,\nh,i\n"))
                .containsExactly(
                        "/ a > b",
                        "2! has 1 columns, expected 2: question and answer",
                        "3! has 3 columns, expected 2: question and answer",
                        "4! the answer is empty",
                        "/ h > i");
    }

    @Test
    void aQuoteThatIsNeverClosedEndsTheFile() {
        assertThatThrownBy(() -> Dialogues.read(DialogueFormat.CSV, "a,b\nc,\"d\ne,f\n"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("sample:")
                .hasMessageContaining("is the file complete?");
    }
}
