package dev.confab.evaluation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.error.ConfabException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesTest {
    @TempDir
    Path folder;

    @Test
    void dialoguesAreReadInBothFormsPackedOrNot() throws IOException {
        String text = """
                {"source": "x", "turns": ["Hi!", "Hello."]}

                {"context": ["How are you?"], "references": ["Fine.", "Well."]}
                """;
        List<List<String>> expected =
                List.of(List.of("Hi!", "Hello."), List.of("How are you?", "Fine."), List.of("How are you?", "Well."));

        assertThat(dialogues(file(text))).isEqualTo(expected);
        assertThat(dialogues(packed(text))).isEqualTo(expected);
    }

    @Test
    void repliesArePlainLinesOrJsonLines() throws IOException {
        assertThat(ReplyFile.read(file("\uFEFFone\r\n\ntwo"))).containsExactly("one", "", "two");
        assertThat(ReplyFile.read(file("""
                {"text": "a"}
                {"reply": "b"}
                {"hypothesis": "c"}
                {"prompt_ids": [1], "texts": ["d", "e"]}
                """))).containsExactly("a", "b", "c", "d");
    }

    @Test
    void referencesArePlainLinesOrJsonLines() throws IOException {
        assertThat(ReferenceFile.read(file("one\nzwei\ttwo\n")))
                .containsExactly(
                        new Exchange(List.of(), List.of("one")), new Exchange(List.of(), List.of("zwei", "two")));
        assertThat(ReferenceFile.read(
                        file("{\"references\": [\"a\"]}\n{\"context\": [\"b\"], \"references\": [\"c\"]}")))
                .containsExactly(new Exchange(List.of(), List.of("a")), new Exchange(List.of("b"), List.of("c")));
    }

    @Test
    void filesOfReferencesAreJoinedLineByLine() throws IOException {
        Path first = file("a\nb\n");
        Path second = file("c\nd\n");
        assertThat(ReferenceFile.readAll(List.of(first, second)))
                .extracting(Exchange::references)
                .containsExactly(List.of("a", "c"), List.of("b", "d"));

        Path shorter = file("e\n");
        assertThatThrownBy(() -> ReferenceFile.readAll(List.of(first, shorter)))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("references for 1 replies")
                .hasMessageContaining("for 2;");
    }

    @Test
    void aLineThatIsLongerThanABufferStaysWhole() throws IOException {
        String longLine = "x".repeat(200_000);
        assertThat(ReplyFile.read(file(longLine + "\ny\n"))).containsExactly(longLine, "y");
    }

    @Test
    void brokenLinesAreNamedWithFileAndLine() throws IOException {
        Path dialogues = file("{\"turns\": [\"a\"]}\n{\"turns\": []}\n");
        assertThatThrownBy(() -> dialogues(dialogues))
                .hasMessage(dialogues + ":2: 'turns' is array; expected a list of texts, at least one");
        Path other = file("{\"text\": \"a\"}\n");
        assertThatThrownBy(() -> dialogues(other))
                .hasMessage(other + ":1: expected 'turns', or 'context' and 'references'");
        Path json = file("{\"turns\": [\"a\"]}\n{oops\n");
        assertThatThrownBy(() -> dialogues(json)).hasMessageContaining(json + ":2: not valid JSON at column");
        Path replies = file("{\"words\": \"a\"}\n");
        assertThatThrownBy(() -> ReplyFile.read(replies))
                .hasMessage(replies + ":1: no reply; expected 'text', 'reply', 'hypothesis' or 'texts'");
        Path references = file("{\"context\": [\"a\"]}\n");
        assertThatThrownBy(() -> ReferenceFile.read(references))
                .hasMessage(references + ":1: 'references' is missing; expected a list of texts, at least one");
    }

    @Test
    void emptyMissingAndBrokenFilesAreRefused() throws IOException {
        Path empty = file("");
        assertThatThrownBy(() -> dialogues(empty)).hasMessageContaining("no dialogue in it");
        assertThatThrownBy(() -> ReplyFile.read(empty)).hasMessageContaining("the file is empty");
        assertThatThrownBy(() -> ReferenceFile.read(empty)).hasMessageContaining("the file is empty");
        assertThatThrownBy(() -> ReplyFile.read(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        Path packed = packed("{\"turns\": [\"a\"]}\n".repeat(10));
        byte[] bytes = Files.readAllBytes(packed);
        bytes[bytes.length - 6] ^= 1;
        Files.write(packed, bytes);
        assertThatThrownBy(() -> dialogues(packed)).hasMessageContaining("gzip packing is broken");
        Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> dialogues(packed)).hasMessageContaining("gzip packing is broken");
    }

    private static List<List<String>> dialogues(Path file) throws IOException {
        List<List<String>> dialogues = new ArrayList<>();
        DialogueFile.forEach(file, dialogues::add);
        return dialogues;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "lines", ".txt"), text);
    }

    private Path packed(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(bytes)) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Files.write(Files.createTempFile(folder, "lines", ".gz"), bytes.toByteArray());
    }
}
