package dev.confab.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AddedTokensTest {
    @TempDir
    private Path folder;

    @Test
    void theLongestAddedTokenAtAPlaceIsTaken() {
        Tokenizer tokenizer = added("\"<x>\": 600, \"<x>1\": 601, \"<x>100\": 602");
        assertThat(tokens(tokenizer, "a<x>b<x>10<x>1000")).containsExactly("a", "<x>", "b", "<x>1", "0", "<x>100", "0");
        assertThat(tokenizer.vocabularySize()).isEqualTo(515);
    }

    @Test
    void anAddedTokenThatIsNotSpecialIsNotSkipped() {
        Tokenizer tokenizer = added("\"<x>\": 600");
        assertThat(tokenizer.isSpecial(600)).isFalse();
        assertThat(tokenizer.decode(new int[] {600, 511}, DecodeOption.SKIP_SPECIAL_TOKENS))
                .isEqualTo("<x>");
    }

    @Test
    void anAddedTokenOutsideOfAsciiDecodesToItself() {
        Tokenizer tokenizer = added("\"é✓\": 600");
        assertThat(tokenizer.encode("aé✓")).endsWith(600);
        assertThat(tokenizer.decode(tokenizer.encode("aé✓é✓b"))).isEqualTo("aé✓é✓b");
    }

    @Test
    void aTokenThatStripsTakesTheWhiteSpaceBesideIt() {
        Tokenizer tokenizer = decoder("{\"600\": {\"content\": \"<m>\", \"lstrip\": true, \"special\": true},"
                + " \"601\": {\"content\": \"<n>\", \"rstrip\": true}}");
        assertThat(tokens(tokenizer, "a \n\u3000<m> b")).containsExactly("a", "<m>", "Ġb");
        assertThat(tokens(tokenizer, "a <n> \t\u001Cb")).containsExactly("a", "Ġ", "<n>", "b");
        assertThat(tokens(tokenizer, "  <m>")).containsExactly("<m>");
        assertThat(tokens(tokenizer, "<n><m>  ")).containsExactly("<n>", "<m>", "ĠĠ");
        assertThat(tokenizer.isSpecial(600)).isTrue();
        assertThat(tokenizer.isSpecial(601)).isFalse();
    }

    @Test
    void aSingleWordTokenCountsOnlyBetweenSpaces() {
        Tokenizer tokenizer = decoder("{\"600\": {\"content\": \"qx\", \"single_word\": true}}");
        assertThat(tokens(tokenizer, "qx")).containsExactly("qx");
        assertThat(tokens(tokenizer, "a qx b")).containsExactly("a", "Ġ", "qx", "Ġb");
        assertThat(tokenizer.encode("aqx")).doesNotContain(600);
        assertThat(tokenizer.encode("qxb")).doesNotContain(600);
        assertThat(tokenizer.encode("(qx)")).doesNotContain(600);
        assertThat(tokenizer.decode(tokenizer.encode("(qx) aqx qxb"))).isEqualTo("(qx) aqx qxb");
    }

    @Test
    void splitSpecialTokensReadsTheirSpellingAsText() {
        Tokenizer tokenizer = TokenizerFolder.small(folder).load();
        EncodeOptions options = tokenizer.encodeOptions().withSplitSpecialTokens(true);
        int[] ids = tokenizer.encode("hi<|endoftext|>", options);
        assertThat(ids).doesNotContain(511);
        assertThat(tokenizer.decode(ids)).isEqualTo("hi<|endoftext|>");
    }

    @Test
    void aNamedTokenWithoutAnIdGetsTheNextOne() {
        Tokenizer tokenizer = TokenizerFolder.small(folder)
                .write("special_tokens_map.json", "{\"pad_token\": {\"content\": \"[PAD]\", \"lstrip\": false}}")
                .load();
        assertThat(tokenizer.padTokenId()).hasValue(512);
        assertThat(tokenizer.encode("a[PAD]")).endsWith(512);
        assertThat(tokenizer.isSpecial(512)).isTrue();
    }

    private Tokenizer added(String json) {
        return TokenizerFolder.small(folder)
                .write("added_tokens.json", "{" + json + "}")
                .load();
    }

    private Tokenizer decoder(String json) {
        return TokenizerFolder.small(folder)
                .write("tokenizer_config.json", "{\"added_tokens_decoder\": " + json + "}")
                .load();
    }

    private static List<String> tokens(Tokenizer tokenizer, String text) {
        return Arrays.stream(tokenizer.encode(text))
                .mapToObj(id -> tokenizer.idToToken(id).orElseThrow())
                .toList();
    }
}
