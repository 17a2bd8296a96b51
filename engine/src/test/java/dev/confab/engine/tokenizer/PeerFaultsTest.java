package dev.confab.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import org.junit.jupiter.api.Test;

/** What other tokenizers for the JVM get wrong. Expected ids are those of GPT-2's own tokenizer. */
final class PeerFaultsTest {
    private static final Tokenizer TOKENIZER = Tokenizer.load(Fixtures.tokenizer("gpt2"));

    @Test
    void lettersOutsideOfAsciiAreEncodedByTheirBytes() {
        assertThat(TOKENIZER.encode("café naïve")).containsExactly(66, 1878, 2634, 41492);
        assertThat(TOKENIZER.decode(new int[] {66, 1878, 2634, 41492})).isEqualTo("café naïve");
    }

    @Test
    void scriptsAndEmojiOutsideOfLatinAreNotDropped() {
        for (String text : new String[] {"日本語のテスト", "Привет, мир", "😀👍🏽"}) {
            assertThat(TOKENIZER.encode(text)).isNotEmpty();
            assertThat(TOKENIZER.decode(TOKENIZER.encode(text))).isEqualTo(text);
        }
    }

    @Test
    void twoLineFeedsBeforeAWordAreNotMergedIntoOneToken() {
        assertThat(TOKENIZER.encode("a\n\nb")).containsExactly(64, 198, 198, 65);
        assertThat(TOKENIZER.encode("a\n\n")).containsExactly(64, 628);
    }

    /** A quadratic merge would need hours for these, and the test run would be stopped. */
    @Test
    void aMegabyteWithoutAnySpaceIsEncodedInReasonableTime() {
        String letters = "abracadabra".repeat(95_000);
        assertThat(TOKENIZER.decode(TOKENIZER.encode(letters))).isEqualTo(letters);
        String spaces = " ".repeat(1_000_000) + "!".repeat(1_000_000) + "1".repeat(1_000_000);
        assertThat(TOKENIZER.decode(TOKENIZER.encode(spaces))).isEqualTo(spaces);
    }

    @Test
    void aMegabyteOfEnglishIsEncodedAndDecoded() {
        String text = "Does money buy happiness? Depends how much money you spend on it.\n".repeat(16_000);
        assertThat(TOKENIZER.decode(TOKENIZER.encode(text))).isEqualTo(text);
    }

    @Test
    void noTokenIsPutBeforeTheText() {
        assertThat(TOKENIZER.encode("Hello<|endoftext|>")).containsExactly(15496, 50256);
        assertThat(TOKENIZER.encode("")).isEmpty();
    }

    @Test
    void whiteSpaceIsNeitherStrippedNorCollapsed() {
        String text = "  two  spaces,\ta tab \n and an end \n\n ";
        assertThat(TOKENIZER.decode(TOKENIZER.encode(text))).isEqualTo(text);
        assertThat(TOKENIZER.encode("  Hello,  world!")).containsExactly(220, 18435, 11, 220, 995, 0);
    }

    @Test
    void wordsAreCutBeforeTheirBytesAreMappedToCharacters() {
        // A space as its stand-in letter would make one word of the two and so let them merge.
        assertThat(TOKENIZER.encode("money buy")).containsExactly(26316, 2822);
        assertThat(TOKENIZER.encode("a 1")).containsExactly(64, 352);
    }

    @Test
    void aCharacterThatIsSplitOverTokensIsStreamedWhole() {
        StreamingDecoder decoder = TOKENIZER.newStreamingDecoder();
        int[] ids = TOKENIZER.encode("你😀");
        assertThat(ids).hasSizeGreaterThan(2);
        var text = new StringBuilder();
        for (int id : ids) {
            String part = decoder.next(id);
            assertThat(part).doesNotContain("\uFFFD");
            text.append(part);
        }
        assertThat(text.toString()).isEqualTo("你😀");
        assertThat(decoder.finish()).isEmpty();
    }
}
