package dev.confab.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.Fixtures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenizerTest {
    private static final Tokenizer GPT2 = Tokenizer.load(Fixtures.tokenizer("gpt2"));

    @TempDir
    private Path folder;

    @Test
    void everyTextComesBackFromItsIds() {
        var random = new Random(3);
        Tokenizer small = Tokenizer.load(Fixtures.tokenizer("small512"));
        for (int round = 0; round < 3_000; round++) {
            String text = randomText(random);
            assertThat(GPT2.decode(GPT2.encode(text))).isEqualTo(text);
            assertThat(small.decode(small.encode(text))).isEqualTo(text);
            assertThat(streamed(small, small.encode(text))).isEqualTo(text);
        }
    }

    @Test
    void arbitraryIdsStreamToTheTextThatTheyDecodeTo() {
        var random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            int[] ids = random.ints(random.nextInt(20), 0, 50257).toArray();
            int[] bytes = random.ints(random.nextInt(20), 94, 256).toArray();
            assertThat(streamed(GPT2, ids)).isEqualTo(GPT2.decode(ids));
            assertThat(streamed(GPT2, bytes)).isEqualTo(GPT2.decode(bytes));
        }
    }

    @Test
    void anUnpairedSurrogateIsEncodedAsTheReplacementCharacter() {
        assertThat(GPT2.encode("a\uD83D b\uDE00")).isEqualTo(GPT2.encode("a\uFFFD b\uFFFD"));
        assertThat(GPT2.encode("\uD83D")).isEqualTo(GPT2.encode("\uFFFD"));
    }

    @Test
    void manyThreadsGetTheSameIds() throws Exception {
        var random = new Random(9);
        var texts = new ArrayList<String>();
        var expected = new ArrayList<int[]>();
        for (int i = 0; i < 200; i++) {
            texts.add(randomText(random));
            expected.add(GPT2.encode(texts.get(i)));
        }
        try (var executor = Executors.newFixedThreadPool(8)) {
            Callable<Boolean> all = () -> {
                for (int i = 0; i < texts.size(); i++) {
                    assertThat(GPT2.encode(texts.get(i))).isEqualTo(expected.get(i));
                }
                return true;
            };
            for (var result : executor.invokeAll(List.of(all, all, all, all, all, all, all, all))) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    @Test
    void aBatchIsPaddedWithThePadTokenWhereThereIsOne() {
        Tokenizer tokenizer = TokenizerFolder.small(folder)
                .write("tokenizer_config.json", "{\"pad_token\": \"!\", \"padding_side\": \"left\"}")
                .load();
        EncodedBatch batch = tokenizer.encodeBatch(List.of("a b", "", "a"), tokenizer.batchOptions());
        assertThat(batch.inputIds()).isDeepEqualTo(new int[][] {tokenizer.encode("a b"), {0, 0}, {0, id(tokenizer)}});
        assertThat(batch.attentionMask()).isDeepEqualTo(new int[][] {{1, 1}, {0, 0}, {0, 1}});
    }

    @Test
    void rowsOfABatchAreCutToTheLongestThatIsAllowed() {
        BatchOptions options = GPT2.batchOptions()
                .withMaxLength(2)
                .withTruncationSide(Side.LEFT)
                .withPaddingSide(Side.LEFT);
        EncodedBatch batch = GPT2.encodeBatch(List.of("Does money buy", "!"), options);
        assertThat(batch.inputIds()).isDeepEqualTo(new int[][] {{1637, 2822}, {50256, 0}});
        assertThat(GPT2.encodeBatch(List.of(), options).inputIds()).isEmpty();
        assertThatThrownBy(() -> options.withMaxLength(0)).hasMessageContaining("maxLength is 0");
    }

    @Test
    void optionsThatContradictAreRefused() {
        assertThatThrownBy(() -> GPT2.decode(new int[0], DecodeOption.CLEAN_UP_SPACES, DecodeOption.KEEP_SPACES))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GPT2.newStreamingDecoder(DecodeOption.CLEAN_UP_SPACES))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStreamCanSkipSpecialTokensEvenWithinACharacter() {
        StreamingDecoder decoder = GPT2.newStreamingDecoder(DecodeOption.SKIP_SPECIAL_TOKENS);
        assertThat(decoder.next(160)).isEmpty();
        assertThat(decoder.next(50256)).isEmpty();
        assertThat(decoder.next(121)).isEmpty();
        assertThat(decoder.next(254)).isEqualTo("你");
        assertThat(decoder.next(160)).isEmpty();
        assertThat(decoder.finish()).isEqualTo("\uFFFD");
        assertThat(decoder.finish()).isEmpty();
        assertThatThrownBy(() -> decoder.next(50257)).isInstanceOf(TokenizerException.class);
    }

    private static int id(Tokenizer tokenizer) {
        return tokenizer.tokenToId("a").orElseThrow();
    }

    private static String streamed(Tokenizer tokenizer, int[] ids) {
        StreamingDecoder decoder = tokenizer.newStreamingDecoder();
        var text = new StringBuilder();
        for (int id : ids) {
            text.append(decoder.next(id));
        }
        return text.append(decoder.finish()).toString();
    }

    /** Words, spaces and characters of all planes, without unpaired surrogates. */
    private static String randomText(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(30); i >= 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> text.append(" money");
                case 1 -> text.append(" ".repeat(random.nextInt(3))).append("\n\t 's't".charAt(random.nextInt(7)));
                case 2 -> text.appendCodePoint(random.nextInt(0x20, 0x250));
                case 3 -> text.appendCodePoint(random.nextInt(0x250, Character.MIN_SURROGATE));
                default -> text.appendCodePoint(random.nextInt(0xE000, Character.MAX_CODE_POINT + 1));
            }
        }
        return text.toString();
    }
}
