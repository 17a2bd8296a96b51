package dev.confab.dialogue.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordListTest {
    @TempDir
    Path folder;

    @Test
    void aFileHoldsWordsPhrasesExpressionsExceptionsAndComments() throws IOException {
        Path file = write("\uFEFF# ours\n\n  heck  \ndarn*\n*blast*\nshut your mouth\nre:win \\$\\d+\nallow:heckler\n");

        WordList list = WordList.read(file);

        assertThat(list.name()).isEqualTo("ours");
        assertThat(list.words()).hasSize(5);
        assertThat(list.expressions()).hasSize(1);
    }

    @Test
    void eachBadLineIsNamedWithItsFileAndNumber() throws IOException {
        Path file = write("good\nre:(unclosed\nba*d\n***\nx\nre:(?=ahead)\nre:a*\n" + "long".repeat(200) + "\n");

        assertThatThrownBy(() -> WordList.read(file))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining(file + ":2: the expression '(unclosed' cannot be read: missing closing )")
                .hasMessageContaining(file + ":3: 'ba*d' has a * in its middle")
                .hasMessageContaining(file + ":4: '***' has a * in its middle")
                .hasMessageContaining(file + ":5: 'x' has 1 letters or digits, expected at least 2")
                .hasMessageContaining(file + ":6: the expression '(?=ahead)' cannot be read")
                .hasMessageContaining(file + ":7: the expression 'a*' matches no text at all")
                .hasMessageContaining(file + ":8: the entry has 800 characters, expected at most 500");
    }

    @Test
    void aListFullOfMistakesNamesTheFirstTen() {
        assertThatThrownBy(() -> WordList.of("ours", Collections.nCopies(200, "re:(")))
                .hasMessageContaining("ours:10:")
                .hasMessageEndingWith("and 190 more")
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("ours:11:");
    }

    @Test
    void anExpressionThatGrowsTooLargeIsRefused() {
        assertThatThrownBy(() -> WordList.of("ours", List.of("re:(?:a{1,90}b){1,90}")))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("instructions, expected at most 2000; use smaller repetitions");
    }

    @Test
    void aFileThatIsMissingOrTooLargeOrInAnotherEncodingIsRefused() throws IOException {
        Path missing = folder.resolve("none.txt");
        Path latin = Files.write(folder.resolve("latin.txt"), "café".getBytes(StandardCharsets.ISO_8859_1));
        Path large = folder.resolve("large.txt");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(5L << 20);
        }

        assertThatThrownBy(() -> WordList.read(missing)).hasMessageContaining("none.txt does not exist");
        assertThatThrownBy(() -> WordList.read(latin)).hasMessageContaining("latin.txt is not in UTF-8");
        assertThatThrownBy(() -> WordList.read(large)).hasMessageContaining("has 5242880 bytes, expected at most");
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("ours.txt"), content);
    }
}
