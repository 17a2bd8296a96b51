package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
