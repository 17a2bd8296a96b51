package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.hub.Progress;
import dev.confab.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTokenizerCommandTest {
    @TempDir
    private Path folder;

    private Path output;

    @BeforeEach
    void chooseTheOutput() {
        output = folder.resolve("tokenizer");
    }

    private Shell.Result train(Path file, String... more) {
        var arguments = new ArrayList<>(List.of("train-tokenizer", file.toString(), "--output", output.toString()));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--vocab-size")) {
            arguments.addAll(List.of("--vocab-size", "260"));
        }
        return new Shell().run(arguments.toArray(String[]::new));
    }

    @Test
    void linesAndTurnsGiveTheSameVocabularyPackedOrNot() throws IOException {
        String lines = "Hello there\r\nHello hello\nthere";
        String dialogues = "{\"turns\": [\"Hello there\", \"Hello hello\"]}\n\n{\"turns\": [\"there\"]}\n";
        String expected = "#version: 0.2\ne l\nl o\nel lo\n";

        for (Path file : List.of(
                write("a.txt", lines),
                write("b.txt.gz", lines),
                write("c.jsonl", dialogues),
                write("d.jsonl.gz", dialogues))) {
            Shell.Result result = train(file, "--overwrite");
            assertThat(result.err()).isEmpty();
            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).startsWith(output + ": 260 tokens, the last is <|endoftext|>\n");
            assertThat(output.resolve("merges.txt")).as(file.toString()).hasContent(expected);
        }
        assertThat(Tokenizer.load(output).eosTokenId()).isEqualTo(259);
        assertThat(new Shell()
                        .run("tokenize", "--model", output.toString(), "ello")
                        .out())
                .isEqualTo("258\n");
    }

    @Test
    void tooFewWordsGiveASmallerVocabularyAndAreSaid() throws IOException {
        Shell.Result result = train(write("a.txt", "ab\nab\n"), "--min-frequency", "2");

        assertThat(result.out())
                .startsWith(output + ": 258 tokens (of the 260 asked for: no other two are neighbours 2");
        assertThat(Tokenizer.load(output).vocabularySize()).isEqualTo(258);
    }

    @Test
    void aFolderWithFilesIsLeftAlone() throws IOException {
        Path file = write("a.txt", "ab ab");
        Files.createDirectories(output);
        assertThat(train(file).exitCode()).isZero();
        Files.writeString(output.resolve("merges.txt"), "mine");

        Shell.Result result = train(file);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains(output + ": the folder has files already")
                .contains("--overwrite");
        assertThat(output.resolve("merges.txt")).hasContent("mine");
    }

    @Test
    void mistakesAreNamed() throws IOException {
        assertFails(train(write("a.txt", "ab"), "--vocab-size", "256"), 2, "256, expected 257");
        assertFails(train(write("a.pdf", "ab")), 2, "a.pdf: expected a name that ends in .txt or .jsonl");
        assertFails(train(folder.resolve("none.txt")), 1, "none.txt: no such file");
        assertFails(train(write("empty.txt", "\n")), 1, "all 1 texts are empty");
        assertFails(train(write("b.jsonl", "{\"turns\": [\"a\"]}\n{\"turn\": 5}\n")), 1, "b.jsonl:2: ");
        Path latin = Files.write(folder.resolve("latin.txt"), "caf\u00e9 \n".getBytes(StandardCharsets.ISO_8859_1));
        assertFails(train(latin), 1, "latin.txt: is not UTF-8 text");
        assertThat(output).doesNotExist();
    }

    private static void assertFails(Shell.Result result, int exitCode, String message) {
        assertThat(result.err()).hasLineCount(1).contains(message);
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aLineWithoutEndComesInParts() throws IOException {
        Path file = write("long.txt", "ab\u2603 ".repeat(1_000_000));
        try (Stream<String> texts = TextFile.open(file, Progress.NONE)) {
            assertThat(texts.map(String::length))
                    .hasSize(4)
                    .allSatisfy(length -> assertThat(length).isLessThan(1_200_000))
                    .satisfies(lengths -> assertThat(
                                    lengths.stream().mapToInt(Integer::intValue).sum())
                            .isEqualTo(4_000_000));
        }
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream stream = name.endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
