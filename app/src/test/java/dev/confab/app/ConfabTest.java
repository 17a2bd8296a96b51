package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfabTest {
    @TempDir
    Path folder;

    @Test
    void helpListsEveryCommandAndEachHasHelpOfItsOwn() {
        Shell.Result help = new Shell().run("--help");

        assertThat(help.exitCode()).isZero();
        for (String command :
                new String[] {"chat", "serve", "generate", "process", "tokenize", "detokenize", "model", "doctor"}) {
            assertThat(help.out()).contains("\n  " + command + " ");
            assertThat(new Shell().run(command, "--help").out()).startsWith("Usage: confab " + command);
        }
    }

    @Test
    void theVersionNamesJavaToo() {
        assertThat(new Shell().run("--version").out()).startsWith("confab ").contains("Java " + Runtime.version());
    }

    @Test
    void aMisspeltCommandIsAMistakeOfUsageWithTheNearestOne() {
        Shell.Result result = new Shell().run("tokenise");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).hasLineCount(1).startsWith("confab: ").contains("did you mean tokenize?");
    }

    @Test
    void aMisspeltOptionIsAMistakeOfUsageWithTheNearestOne() {
        Shell.Result result = new Shell().run("generate", "--model", Shell.TINY, "--max-new-token", "3", "hi");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).hasLineCount(1).contains("'--max-new-token'", "did you mean --max-new-tokens");
    }

    @Test
    void withoutAModelTheEmbeddedOneTalks() {
        Shell.Result said = new Shell()
                .with("HF_HOME", folder.toString())
                .typing("Hello!\nWho are you?\n")
                .run("chat");

        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.out().lines())
                .hasSize(2)
                .allSatisfy(reply -> assertThat(reply).isNotBlank());
        assertThat(folder.resolve("confab-models")).isDirectory();
    }

    @Test
    void aMissingModelIsOneLineAndAStackTraceOnlyWhenAskedFor() {
        String nowhere = folder.resolve("nowhere").toString();
        Shell.Result plain = new Shell().run("tokenize", "--model", nowhere, "hi");
        Shell.Result debug = new Shell().run("tokenize", "--debug", "--model", nowhere, "hi");

        assertThat(plain.exitCode()).isEqualTo(1);
        assertThat(plain.err()).hasLineCount(1).contains(nowhere);
        assertThat(debug.exitCode()).isEqualTo(1);
        assertThat(debug.err()).contains("\tat dev.confab.");
    }

    @Test
    void aValueOfTheWrongKindNamesTheOption() {
        Shell.Result threads = new Shell().run("generate", "--model", Shell.TINY, "--threads", "many", "hi");
        Shell.Result weights = new Shell().run("generate", "--model", Shell.TINY, "--weights", "q5", "hi");
        Shell.Result topK = new Shell().run("generate", "--model", Shell.TINY, "--top-k", "some", "hi");

        assertThat(threads.exitCode()).isEqualTo(2);
        assertThat(threads.err()).contains("--threads", "many");
        assertThat(weights.exitCode()).isEqualTo(2);
        assertThat(weights.err()).contains("--weights", "q5", "f32, bf16, q8 or q4");
        assertThat(topK.exitCode()).isEqualTo(2);
        assertThat(topK.err()).contains("--top-k", "some", "a whole number");
    }

    @Test
    void flagsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("confab.yaml"), """
                model: %s
                max_new_tokens: 2
                weights: f32
                """.formatted(Shell.TINY));
        String config = file.toString();

        assertThat(tokens(new Shell().run("generate", "--json", "--config", config, "hi")))
                .isEqualTo(2);
        assertThat(tokens(new Shell().with("CONFAB_CONFIG", config).run("generate", "--json", "hi")))
                .isEqualTo(2);
        var shell = new Shell().with("CONFAB_MAX_NEW_TOKENS", "3");
        assertThat(tokens(shell.run("generate", "--json", "--config=" + config, "hi")))
                .isEqualTo(3);
        assertThat(tokens(shell.run("generate", "--json", "--config", config, "--max-new-tokens", "4", "hi")))
                .isEqualTo(4);
    }

    @Test
    void aConfigurationFileMayHoldListsAndNulls() throws IOException {
        Path file = Files.writeString(folder.resolve("confab.yaml"), """
                max-new-tokens: 12
                eos_token_id: null
                suppress_tokens: [191, 357]
                """);

        Shell.Result result = new Shell()
                .run(
                        "generate",
                        "--config",
                        file.toString(),
                        "--model",
                        Shell.TINY,
                        "--json",
                        "--prompt-ids",
                        "5,300,17");

        assertThat(result.err()).isEmpty();
        assertThat(result.documents()
                        .getFirst()
                        .at("/sequences/0")
                        .valueStream()
                        .map(node -> node.intValue()))
                .hasSize(12)
                .doesNotContain(191, 357);
    }

    @Test
    void aMistakeInTheConfigurationNamesFileAndName() throws IOException {
        Path unknown = Files.writeString(folder.resolve("unknown.yaml"), "max_new_token: 2\n");
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "top_k: many\n");
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "a: [1\nb: 2\n");
        Path list = Files.writeString(folder.resolve("list.yaml"), "- 1\n");

        assertFailure("unknown.yaml: unknown option 'max_new_token'; did you mean 'max_new_tokens'?", unknown);
        assertFailure("wrong.yaml", wrong);
        assertFailure("top_k is \"many\"", wrong);
        assertFailure("broken.yaml: not valid YAML at line", broken);
        assertFailure("list.yaml: expected lines such as", list);
        assertFailure("no such file", folder.resolve("missing.yaml"));
    }

    @Test
    void aMistakeInTheEnvironmentNamesTheVariable() {
        Shell.Result option = new Shell().with("CONFAB_THREADS", "many").run("generate", "--model", Shell.TINY, "hi");
        Shell.Result generation = new Shell().with("CONFAB_TOP_P", "x").run("generate", "--model", Shell.TINY, "hi");

        assertThat(option.exitCode()).isEqualTo(2);
        assertThat(option.err()).contains("CONFAB_THREADS", "many");
        assertThat(generation.exitCode()).isEqualTo(1);
        assertThat(generation.err()).contains("CONFAB_TOP_P", "top_p");
    }

    @Test
    void aReaderWhoLeavesEndsTheProgramQuietly() {
        assertThat(writingInto(new IOException("Broken pipe"))).isEqualTo("exit 0: ");
    }

    @Test
    void aFullDiskIsAFailure() {
        assertThat(writingInto(new IOException("No space left on device")))
                .isEqualTo("exit 1: confab: cannot write to standard output: No space left on device\n");
    }

    private static String writingInto(IOException failure) {
        var err = new ByteArrayOutputStream();
        var out = new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                throw failure;
            }
        };
        InputStream lines =
                new ByteArrayInputStream("{\"text\": \"hi\"}\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
        var surroundings = new Surroundings(
                lines, new StandardOutput(out), new PrintStream(err, true, StandardCharsets.UTF_8), Map.of(), false);
        int exitCode = Confab.run(surroundings, "tokenize", "--model", Shell.TOKENIZER, "--batch", "-");
        return "exit " + exitCode + ": " + err.toString(StandardCharsets.UTF_8);
    }

    private static void assertFailure(String message, Path config) {
        Shell.Result result = new Shell().run("generate", "--config", config.toString(), "--model", Shell.TINY, "hi");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).hasLineCount(1).contains(message);
    }

    private static int tokens(Shell.Result result) {
        assertThat(result.err()).isEmpty();
        return result.documents().getFirst().at("/sequences/0").size();
    }
}
