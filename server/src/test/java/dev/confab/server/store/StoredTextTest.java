package dev.confab.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StoredTextTest {
    @Test
    void anyTextComesBackAndIsFitForADatabase() {
        var random = new Random(7);
        String alphabet = "ab\0\u001A\uE000\uE001\uE800\uD83E\uDD9C\uD800\uDFFF";
        for (int i = 0; i < 10_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String kept = StoredText.encode(text.toString());

            assertThat(StoredText.decode(kept)).isEqualTo(text.toString());
            assertThat(kept).doesNotContain("\0");
            assertThat(new String(kept.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(kept);
        }
    }

    @Test
    void usualTextsAreKeptAsTheyAre() {
        assertThat(StoredText.encode("Zwölf Bögen 🦜\n")).isEqualTo("Zwölf Bögen 🦜\n");
    }
}
