package dev.confab.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Utf8DecoderTest {
    /** Expected counts are those of Python 3's {@code bytes.fromhex(x).decode("utf-8", "replace")}. */
    @ParameterizedTest
    @CsvSource({
        "80, 1",
        "C0AF, 2",
        "C2, 1",
        "E0809F, 3",
        "E0A0, 1",
        "E1, 1",
        "EDA080, 3",
        "ED9F, 1",
        "EFBF, 1",
        "F08080, 3",
        "F09F98, 1",
        "F09F, 1",
        "F48FBF, 1",
        "F4908080, 4",
        "F5808080, 4",
        "FF, 1",
        "FEFF, 2",
        "E180E2F09180, 3",
        "F09F98F09F98, 2"
    })
    void eachMaximalPartOfAnIllFormedSequenceIsOneReplacement(String bytes, int replacements) {
        assertThat(decode(bytes)).isEqualTo("\uFFFD".repeat(replacements));
    }

    @Test
    void textAfterAnIllFormedSequenceIsKept() {
        assertThat(decode("61F09F62E28263C3A9")).isEqualTo("a\uFFFDb\uFFFDcé");
        assertThat(decode("EDA08061")).isEqualTo("\uFFFD\uFFFD\uFFFDa");
    }

    @Test
    void everyCharacterOfUnicodeComesThrough() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                String character = Character.toString(codePoint);
                byte[] bytes = character.getBytes(StandardCharsets.UTF_8);
                var decoder = new Utf8Decoder(2);
                for (int i = 0; i < bytes.length; i++) {
                    assertNothingYet(decoder.take());
                    decoder.append(bytes, i, i + 1);
                }
                if (!decoder.take().equals(character)) {
                    assertThat(codePoint)
                            .as("U+%04X did not come through", codePoint)
                            .isNegative();
                }
            }
        }
    }

    private static void assertNothingYet(String text) {
        if (!text.isEmpty()) {
            assertThat(text).isEmpty();
        }
    }

    private static String decode(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        var decoder = new Utf8Decoder(8);
        decoder.append(bytes, 0, bytes.length);
        return decoder.finish();
    }
}
