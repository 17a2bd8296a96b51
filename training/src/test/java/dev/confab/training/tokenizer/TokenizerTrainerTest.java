package dev.confab.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenizerTrainerTest {
    @TempDir
    private Path folder;

    /**
     * By hand: es and st occur 9 times, and e comes before s; then est 9 times; lo and ow 7 times, and l comes before o; low
     * 7 times; then ew, ne and w before est 6 times each, and e comes before n and w; new, and newest.
     */
    @Test
    void theMostFrequentPairMergesFirstAndOfEqualOnesTheLowest() {
        var texts = new ArrayList<String>();
        texts.addAll(Collections.nCopies(5, "low"));
        texts.addAll(Collections.nCopies(2, "lower"));
        texts.addAll(Collections.nCopies(6, "newest"));
        texts.addAll(Collections.nCopies(3, "widest"));

        assertThat(merges(texts, TokenizerOptions.of(257 + 7)))
                .containsExactly("e s", "es t", "l o", "lo w", "e w", "n ew", "new est");
    }

    @Test
    void neighboursThatOverlapAreCountedAsTheyStandAndMergedFromTheLeft() {
        assertThat(merges(List.of("aaaaa", "aaaaa"), TokenizerOptions.of(300)))
                .containsExactly("a a", "aa a", "aa aaa");
    }

    @Test
    void noMergeGoesOverTheEndOfAWordOrAText() {
        assertThat(merges(List.of("a b", "a b", "a", "b"), TokenizerOptions.of(300)))
                .containsExactly("Ġ b");
    }

    @Test
    void mergesEndWhereNothingIsFrequentEnough() {
        List<String> texts = List.of("ab", "ab", "ab", "cd", "cd", "ef");

        assertThat(merges(texts, TokenizerOptions.of(300))).containsExactly("a b", "c d");
        assertThat(merges(texts, TokenizerOptions.of(300).withMinimumFrequency(3)))
                .containsExactly("a b");
        assertThat(merges(texts, TokenizerOptions.of(300).withMinimumFrequency(1)))
                .containsExactly("a b", "c d", "e f");
    }

    @Test
    void theVocabularyIsBytesThenMergesThenSpecialTokens() {
        var options = TokenizerOptions.of(260).withSpecialTokens(List.of("<|endoftext|>", "<pad>"));
        Tokenizer tokenizer = new TokenizerTrainer(options).train(Stream.of("abc", "abc", "abc"));

        assertThat(tokenizer.vocabularySize()).isEqualTo(260);
        assertThat(tokenizer.idToToken(0)).hasValue("!");
        assertThat(tokenizer.tokenToId("Ġ")).hasValue(220); // As in GPT-2.
        assertThat(tokenizer.idToToken(256)).hasValue("ab");
        assertThat(tokenizer.idToToken(257)).hasValue("abc");
        assertThat(tokenizer.eosTokenId()).isEqualTo(258);
        assertThat(tokenizer.encode("abc<|endoftext|><pad>")).containsExactly(257, 258, 259);
        assertThat(tokenizer.isSpecial(259)).isTrue();
    }

    @Test
    void neitherThreadsNorTheOrderOfTheTextsChangeTheResult() {
        List<String> texts = randomTexts();
        List<String> expected = merges(texts, TokenizerOptions.of(1000).withThreads(1));
        for (int threads : new int[] {2, 5}) {
            Collections.shuffle(texts, new Random(threads));
            assertThat(merges(texts, TokenizerOptions.of(1000).withThreads(threads)))
                    .as(threads + " threads")
                    .isEqualTo(expected);
        }
        assertThat(expected).hasSize(1000 - 257);
    }

    /** Two and a half million characters, so that there are several batches. */
    private static List<String> randomTexts() {
        var random = new Random(7);
        var texts = new ArrayList<String>();
        for (int i = 0; i < 25_000; i++) {
            var text = new StringBuilder();
            for (int c = 0; c < 100; c++) {
                text.append("abcdeé☃ \n".charAt((int) (9 * random.nextDouble() * random.nextDouble())));
            }
            texts.add(text.toString());
        }
        return texts;
    }

    @Test
    void everyTextComesBackFromItsIds() {
        Tokenizer tokenizer =
                new TokenizerTrainer(TokenizerOptions.of(600)).train(ReferenceMergesTest.texts().stream());
        var random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            String text = random.ints(random.nextInt(40), 0, 0x11_0000)
                    .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
        }
    }

    @Test
    void aRunOfLettersWithoutEndCountsInParts() {
        String pairs = "😀".repeat(WordCounts.LONGEST_WORD);
        var words = new WordCounts();
        words.addText("x".repeat(10 * WordCounts.LONGEST_WORD + 1) + "!" + pairs + "\uD800");

        // 1,024 times x, one x, "!" with 511 pairs, 512 pairs, and the last pair with what has no UTF-8.
        assertThat(IntStream.range(0, words.size()).mapToLong(words::count)).containsExactly(10L, 1L, 1L, 1L, 1L);
        assertThat(IntStream.range(0, words.size()).map(w -> words.start(w + 1) - words.start(w)))
                .containsExactly(1024, 1, 1 + 511 * 4, 512 * 4, 4 + 3);
    }

    @Test
    void theProgressIsHeardUntilTheVocabularyIsFull() {
        var heard = new ArrayList<String>();
        new TokenizerTrainer(TokenizerOptions.of(259), new TokenizerProgress() {
                    @Override
                    public void counted(long texts, long distinctWords) {
                        heard.add(texts + " texts, " + distinctWords + " words");
                    }

                    @Override
                    public void merged(int tokens, int limit) {
                        heard.add(tokens + " of " + limit);
                    }
                })
                .train(Stream.of("abc abc", "abc"));

        assertThat(heard).containsExactly("2 texts, 2 words", "257 of 258", "258 of 258", "258 of 258");
    }

    @Test
    void nothingToLearnFromIsRefused() {
        var trainer = new TokenizerTrainer(TokenizerOptions.of(300));

        assertThatThrownBy(() -> trainer.train(Stream.of()))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("no texts");
        assertThatThrownBy(() -> trainer.train(Stream.of("", "")))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("all 2 texts are empty");
    }

    @Test
    void aSpecialTokenThatIsAWordIsRefused() {
        var trainer = new TokenizerTrainer(TokenizerOptions.of(300).withSpecialTokens(List.of("abc")));

        assertThatThrownBy(() -> trainer.train(Stream.of("abc", "abc")))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("'abc'")
                .hasMessageContaining("choose a special token");
    }

    @Test
    void optionsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> TokenizerOptions.of(256)).hasMessageContaining("256, expected 257");
        assertThatThrownBy(() -> TokenizerOptions.of(257).withSpecialTokens(List.of("<a>", "<b>")))
                .hasMessageContaining("257, expected 258");
        assertThatThrownBy(() -> TokenizerOptions.of(1 << 23)).hasMessageContaining("8388608");
        assertThatThrownBy(() -> TokenizerOptions.of(300).withMinimumFrequency(0))
                .hasMessageContaining("minimumFrequency is 0");
        assertThatThrownBy(() -> TokenizerOptions.of(300).withThreads(0)).hasMessageContaining("threads is 0");
        for (List<String> tokens : List.of(List.<String>of(), List.of(""), List.of("<a>", "<a>"))) {
            assertThatThrownBy(() -> TokenizerOptions.of(300).withSpecialTokens(tokens))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(tokens.toString());
        }
    }

    @Test
    void anErrorOfTheTextsEndsTheTraining() {
        var read = new AtomicLong();
        Stream<String> texts = Stream.generate(() -> {
            if (read.incrementAndGet() > 100_000) {
                throw new ConfabException("line 100001 is broken");
            }
            return "some words of a text";
        });

        assertThatThrownBy(() -> new TokenizerTrainer(TokenizerOptions.of(300)).train(texts))
                .isInstanceOf(ConfabException.class)
                .hasMessage("line 100001 is broken");
    }

    private List<String> merges(List<String> texts, TokenizerOptions options) {
        new TokenizerTrainer(options).train(texts.stream()).save(folder);
        try {
            List<String> lines = Files.readAllLines(folder.resolve("merges.txt"));
            return lines.subList(1, lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
