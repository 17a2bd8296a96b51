package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MessagePartsTest {
    @Test
    void aShortTextStaysWholeAndABlankOneIsNothing() {
        assertThat(MessageParts.of("hi")).containsExactly("hi");
        assertThat(MessageParts.of(" \n ")).isEmpty();
    }

    @Test
    void textIsCutAtTheEndOfAParagraphBeforeThatOfASentenceBeforeThatOfAWord() {
        String sentence = "word ".repeat(300).strip() + ". ";
        String paragraphs = sentence + sentence + "\n\n" + sentence + sentence;

        assertThat(MessageParts.of(paragraphs))
                .hasSize(2)
                .allSatisfy(part -> assertThat(part).endsWith("word."));
        assertThat(MessageParts.of(sentence.repeat(4)))
                .first()
                .satisfies(part -> assertThat(part).endsWith("word."));
        assertThat(MessageParts.of("word ".repeat(2000)))
                .allSatisfy(part -> assertThat(part)
                        .hasSizeLessThanOrEqualTo(MessageParts.LONGEST)
                        .endsWith("word"));
    }

    @Test
    void textWithoutAnyGoodPlaceIsCutWhereItMustBeButNeverWithinACharacter() {
        List<String> parts = MessageParts.of("x" + "😀".repeat(5000));

        assertThat(String.join("", parts)).isEqualTo("x" + "😀".repeat(5000));
        assertThat(parts).allSatisfy(part -> {
            assertThat(part).hasSizeLessThanOrEqualTo(MessageParts.LONGEST);
            assertThat(Character.isHighSurrogate(part.charAt(part.length() - 1)))
                    .isFalse();
        });
    }
}
