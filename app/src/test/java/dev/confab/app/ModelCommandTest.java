package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.model.WrittenAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ModelCommandTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path cache;

    /** As Python's client leaves a model behind. */
    private void putIntoTheCache() throws IOException {
        Path model = cache.resolve("models--somebody--tiny");
        Path snapshot = Files.createDirectories(model.resolve("snapshots").resolve(COMMIT));
        Files.createDirectories(model.resolve("refs"));
        Files.writeString(model.resolve("refs/main"), COMMIT);
        try (var files = Files.list(Path.of(Shell.TINY))) {
            for (Path file : files.toList()) {
                Files.copy(file, snapshot.resolve(file.getFileName()));
            }
        }
    }

    private Shell shell() {
        return new Shell().with("HF_HUB_CACHE", cache.toString()).with("HF_HUB_OFFLINE", "1");
    }

    @Test
    void modelsInTheCacheAreListedUsedAndRemoved() throws IOException {
        putIntoTheCache();

        assertThat(shell().run("model", "list").out()).contains("somebody/tiny").contains("kB");
        JsonNode entry =
                shell().run("model", "list", "--json").documents().getFirst().get(0);
        assertThat(entry.get("name").stringValue()).isEqualTo("somebody/tiny");
        assertThat(entry.at("/snapshots/0/commit").stringValue()).isEqualTo(COMMIT);
        assertThat(entry.at("/snapshots/0/revisions/0").stringValue()).isEqualTo("main");

        assertThat(shell().run("model", "download", "somebody/tiny").out().strip())
                .isEqualTo(cache.resolve("models--somebody--tiny/snapshots/" + COMMIT)
                        .toString());
        assertThat(shell().run("generate", "--model", "somebody/tiny", "--max-new-tokens", "2", "hi")
                        .exitCode())
                .isZero();

        assertThat(shell().run("model", "remove", "somebody/tiny").exitCode()).isZero();
        assertThat(shell().run("model", "list", "--json").out()).isEqualTo("[]\n");
        Shell.Result again = shell().run("model", "remove", "somebody/tiny");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).hasLineCount(1).contains("somebody/tiny");
    }

    @Test
    void anEmptyCacheSaysHowToFillIt() {
        Shell.Result result = shell().run("model", "list");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("confab model download");
        assertThat(shell().run("model", "list", "--quiet").err()).isEmpty();
    }

    @Test
    void whatAModelIsCanBeAskedWithoutLoadingIt() {
        Shell.Result text = shell().run("model", "info", Shell.TINY);
        JsonNode document = shell().run("model", "info", "--model", Shell.TINY, "--json")
                .documents()
                .getFirst();

        assertThat(text.out()).contains("2, 32 wide, 4 heads", "128 tokens", "512 tokens", "model.safetensors");
        assertThat(document.get("positions").intValue()).isEqualTo(128);
        assertThat(document.at("/weights/model.safetensors").longValue()).isPositive();
    }

    @Test
    void withoutNetworkAModelOfTheHubIsAFailureThatSaysWhatToDo() {
        Shell.Result result = shell().run("model", "download", "somebody/else");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).hasLineCount(1).contains("HF_HUB_OFFLINE", "--model FOLDER");
    }

    @Test
    void withoutAnythingToDoItIsAMistakeOfUsage() {
        assertThat(shell().run("model").exitCode()).isEqualTo(2);
        assertThat(shell().run("model", "info").exitCode()).isEqualTo(2);
        assertThat(shell().run("model", "convrt").err()).contains("did you mean convert?");
    }

    @Test
    void aConvertedModelStartsFromItsConvertedWeights() throws IOException {
        putIntoTheCache();
        Shell.Result result = shell().run("model", "convert", "somebody/tiny", "--weights", "q8");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("q8");
    }

    @Test
    void aModelIsWrittenToAFolderInAnotherFormat() {
        Path folder = cache.resolve("converted");
        Shell.Result result = shell().run(
                        "model", "convert", "--model", Shell.TINY, "--weights", "q8", "--output", folder.toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains(folder + ": " + Shell.TINY + " in q8");
        assertThat(folder.resolve("model.safetensors")).isRegularFile();
        assertThat(shell().run("model", "info", folder.toString()).out()).contains("2, 32 wide, 4 heads");

        Shell.Result q4 = shell().run("model", "convert", Shell.TINY, "--weights", "q4", "--output", "elsewhere");
        assertThat(q4.exitCode()).isEqualTo(2);
        assertThat(q4.err()).contains("--weights", "f32, f16, bf16 or q8");
    }

    @Test
    void anAdapterIsAModelForEveryCommand() throws IOException {
        Path adapter = new WrittenAdapter(Shell.TINY, 2, "c_attn")
                .matrix("h.0.attn.c_attn.weight", 32, 96)
                .write(cache.resolve("adapter"));
        Path merged = cache.resolve("merged");
        String[] generate = {"generate", "--max-new-tokens", "12", "--min-new-tokens", "12", "hello", "--model"};
        String expected = shell().run(with(generate, adapter.toString())).out();

        assertThat(expected)
                .isNotBlank()
                .isNotEqualTo(shell().run(with(generate, Shell.TINY)).out());
        assertThat(shell().run("model", "convert", adapter.toString(), "--output", merged.toString())
                        .exitCode())
                .isZero();
        assertThat(shell().run(with(generate, merged.toString())).out()).isEqualTo(expected);
        assertThat(shell().run("tokenize", "--model", adapter.toString(), "hello")
                        .out())
                .isEqualTo(
                        shell().run("tokenize", "--model", Shell.TINY, "hello").out());
        assertThat(shell().run("model", "info", adapter.toString()).out())
                .contains(adapter.toString(), Shell.TINY, "2, 32 wide");
    }

    private static String[] with(String[] arguments, String last) {
        return Stream.concat(Stream.of(arguments), Stream.of(last)).toArray(String[]::new);
    }
}
