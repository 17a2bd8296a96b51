package dev.confab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class FixturesTest {
    @Test
    void theRebuiltMergesAreOpenAisByteForByte() throws Exception {
        byte[] merges = Files.readAllBytes(Fixtures.tokenizer("gpt2").resolve("merges.txt"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(merges);
        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5");
    }

    @Test
    void theCheckpointsAreUnpacked() {
        assertThat(Fixtures.model("tiny-a/st-f32/model.safetensors")).exists();
    }
}
