package dev.confab.dialogue.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordFilterTest {
    private static final WordFilter MASK = masking("bad", "darn*", "*blast*", "shut your mouth", "allow:bad gateway");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a bad day | a *** day",
                "BAD! | ***!",
                "b4d | ***",
                "b@d | ***",
                "båd ends | *** ends",
                "baaaaad boy | ******* boy",
                "so b a d today | so ***** today",
                "so b.a.d, really | so *****, really",
                "b-a-d and ba_d | ***** and ****",
                "b*d | ***",
                "bаd | ***",
                "𝐛𝐚𝐝 idea | *** idea",
                "99bad99 | 99***99",
                "darned | ******",
                "undarned | undarned",
                "darning socks | ******* socks",
                "counterblasted | **************",
                "Shut  your mouth, Tim | ****************, Tim",
                "baad | baad",
                "badge, abad | badge, abad",
                "502 bad gateway | 502 bad gateway",
                "bad, bad gateway | ***, bad gateway",
            })
    void onlyTheOffendingPlaceIsMasked(String text, String masked) {
        FilterResult result = MASK.check(text);

        if (text.equals(masked)) {
            assertThat(result).isEqualTo(FilterResult.passed());
        } else {
            assertThat(result).isInstanceOfSatisfying(FilterResult.Masked.class, found -> {
                assertThat(found.text()).isEqualTo(masked);
                assertThat(found.reason()).isEqualTo("word list 'ours'");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"b a d u", "u r b a d", "i a b a d"})
    void spacedLettersMayMakeSeveralWords(String text) {
        assertThat(MASK.check(text)).isInstanceOf(FilterResult.Masked.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b a d g e", "s b a d", "b  a  d", "b, a, d", "a b. a d"})
    void lettersOfAnotherWordAreLeftAlone(String text) {
        assertThat(MASK.check(text)).isEqualTo(FilterResult.passed());
    }

    @Test
    void anExpressionSeesLowerCaseWithoutAccentsAndMasksWhereItMatches() {
        WordFilter filter = masking("re:\\bwin \\$\\d+");

        assertThat(filter.check("Wín $500 today"))
                .isEqualTo(new FilterResult.Masked("******** today", "word list 'ours'"));
        assertThat(filter.check("win nothing")).isEqualTo(FilterResult.passed());
    }

    /** An engine that tries all ways would need longer than the universe is old. */
    @Test
    void anExpressionThatIsACatastropheElsewhereIsNoneHere() {
        WordFilter filter = masking("re:^(a+)+$", "re:(x|xx)+y$");

        assertThat(filter.check("a".repeat(2_000) + "!")).isEqualTo(FilterResult.passed());
        assertThat(filter.check("x".repeat(2_000))).isEqualTo(FilterResult.passed());
    }

    @Test
    void eachActionHasItsResult() {
        List<WordList> lists = List.of(WordList.of("ours", List.of("bad")), WordList.of("theirs", List.of("sad")));
        String text = "sad and bad";

        assertThat(WordFilter.of(lists, new FilterAction.Retry()).check(text))
                .isInstanceOfSatisfying(
                        FilterResult.Retry.class,
                        retry -> assertThat(retry.reason()).contains("word list 'ours'", "word list 'theirs'"));
        assertThat(WordFilter.of(lists, new FilterAction.Replace("No.")).check("bad"))
                .isEqualTo(new FilterResult.Replaced("No.", "word list 'ours'"));
        assertThat(WordFilter.of(lists, new FilterAction.Refuse("No.")).check("sad"))
                .isEqualTo(new FilterResult.Refused("No.", "word list 'theirs'"));
    }

    @Test
    void ofSeveralGroupsTheFirstOfWhichAnythingIsFoundDecides() {
        WordFilter filter = WordFilter.of(List.of(
                new WordFilter.Group(List.of(WordList.of("first", List.of("bad"))), new FilterAction.Refuse("One.")),
                new WordFilter.Group(
                        List.of(WordList.of("second", List.of("bad", "sad", "re:mad\\d"))), new FilterAction.Mask())));

        assertThat(filter.check("a sad and bad day")).isEqualTo(new FilterResult.Refused("One.", "word list 'first'"));
        assertThat(filter.check("a sad day, mad1"))
                .isEqualTo(new FilterResult.Masked("a *** day, ****", "word list 'second'"));
        assertThat(filter.check("a good day")).isEqualTo(FilterResult.passed());
    }

    @Test
    void whatOneListAllowsIsAllowedInAll() {
        List<WordList> lists =
                List.of(WordList.of("ours", List.of("*cock*")), WordList.of("theirs", List.of("allow:cockpit*")));
        WordFilter filter = WordFilter.of(lists, new FilterAction.Mask());

        assertThat(filter.check("two cockpits")).isEqualTo(FilterResult.passed());
        assertThat(filter.check("two peacocks")).isInstanceOf(FilterResult.Masked.class);
    }

    @Test
    void aListOfTenThousandWordsFindsEachOfThem() {
        List<String> words = IntStream.range(0, 10_000)
                .mapToObj(i -> "q" + Integer.toString(1_000_000 + i, 26).replaceAll("[0-9]", "z"))
                .distinct()
                .toList();
        WordFilter filter = WordFilter.of(List.of(WordList.of("large", words)), new FilterAction.Retry());

        assertThat(words)
                .allSatisfy(word ->
                        assertThat(filter.check("so " + word + " it is")).isInstanceOf(FilterResult.Retry.class));
        assertThat(filter.check("none of them")).isEqualTo(FilterResult.passed());
    }

    /** Whatever is said, a filter answers, and what it masks is as long as what it hides. */
    @Test
    void noTextMakesItFail() {
        var random = new Random(7);
        String alphabet = "bad BAD b4d!@$1|*#.-_ \n\u0301\u200B\u00AD\uD83D\uDE00ﬁßİﷺ";
        for (int round = 0; round < 5_000; round++) {
            String text = random.ints(random.nextInt(40), 0, alphabet.length())
                    .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
                    .collect(Collectors.joining());
            if (MASK.check(text) instanceof FilterResult.Masked(String masked, String _)) {
                assertThat(masked.codePointCount(0, masked.length()))
                        .as(text)
                        .isEqualTo(text.codePointCount(0, text.length()));
            }
        }
    }

    private static WordFilter masking(String... entries) {
        return WordFilter.of(List.of(WordList.of("ours", List.of(entries))), new FilterAction.Mask());
    }
}
