package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DoctorCommandTest {
    @TempDir
    Path folder;

    private Shell shell() {
        return new Shell().with("HF_HOME", folder.toString()).with("XDG_DATA_HOME", folder.toString());
    }

    @Test
    void allThatConfabNeedsIsLookedAt() {
        Shell.Result result = shell().with("HF_HUB_OFFLINE", "1").run("doctor", "--json");

        JsonNode document = result.documents().getFirst();
        assertThat(document.propertyNames())
                .containsExactly(
                        "java", "vectors", "kernels", "processors", "memory", "model_cache", "data_folder", "network");
        assertThat(document.at("/java/state").stringValue()).isEqualTo("good");
        assertThat(document.at("/kernels/found").stringValue()).contains("onednn");
        assertThat(document.at("/model_cache/found").stringValue()).startsWith(folder.toString());
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void aNetworkThatDoesNotAnswerIsAWarningWithARemedy() {
        Shell.Result result = shell().with("HF_ENDPOINT", "http://127.0.0.1:1").run("doctor");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("warn network", "http://127.0.0.1:1", "-> point --model at a folder");
    }

    @Test
    void aFolderThatCannotBeMadeIsBroken() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Shell.Result result = new Shell()
                .with("HF_HUB_OFFLINE", "1")
                .with("XDG_DATA_HOME", folder.toString())
                .with("HF_HOME", file.resolve("cache").toString())
                .run("doctor");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("FAIL model cache", "-> set HF_HOME");
    }
}
