package dev.confab.dialogue.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Objects to replies that go round in circles: a word four times running, up to twelve words three times running, or a
 * letter eight times running. Of a reply that may be doing so the second time round is held back.
 */
final class Loop implements ReplyGuard {
    private static final int LONGEST = 12;
    private static final int LETTERS = 8;
    private static final Pattern WORD = Pattern.compile("\\S+");

    @Override
    public Optional<String> objection(String reply, GuardContext context) {
        Words words = Words.of(reply);
        boolean loop = sameLetter(reply)
                || IntStream.rangeClosed(1, words.count()).anyMatch(end -> words.secondRound(end, true) >= 0);
        return loop ? Optional.of("goes round in circles") : Optional.empty();
    }

    /** Looks at the end alone, as it is asked after each token. */
    @Override
    public boolean hopeless(String unfinished) {
        Words words = Words.of(unfinished);
        return sameLetter(unfinished) || words.secondRound(words.count(), true) >= 0;
    }

    @Override
    public int certain(String unfinished, GuardContext context) {
        Words words = Words.of(unfinished);
        int second = words.secondRound(words.count(), false);
        return second >= 0 ? second : unfinished.length();
    }

    private static boolean sameLetter(String text) {
        int run = 1;
        for (int i = 1; i < text.length(); i++) {
            run = Character.isLetter(text.charAt(i)) && text.charAt(i) == text.charAt(i - 1) ? run + 1 : 1;
            if (run == LETTERS) {
                return true;
            }
        }
        return false;
    }

    /**
     * The words of a text.
     *
     * @param words each in small letters
     * @param starts where each begins
     */
    private record Words(List<String> words, List<Integer> starts) {
        static Words of(String text) {
            List<String> words = new ArrayList<>();
            List<Integer> starts = new ArrayList<>();
            Matcher matcher = WORD.matcher(text);
            while (matcher.find()) {
                words.add(matcher.group().toLowerCase(Locale.ROOT));
                starts.add(matcher.start());
            }
            return new Words(words, starts);
        }

        int count() {
            return words.size();
        }

        /**
         * Where the second round of a repetition begins, or -1 if there is none.
         *
         * @param end how many words are looked at; the repetition is at their end
         * @param complete whether there must be as many rounds as are too many
         */
        int secondRound(int end, boolean complete) {
            for (int length = 1; length <= LONGEST; length++) {
                int tooMany = length == 1 ? 4 : 3;
                int rounds = rounds(end, length, tooMany);
                if (rounds >= (complete ? tooMany : 2)) {
                    return starts.get(end - (rounds - 1) * length);
                }
            }
            return -1;
        }

        private int rounds(int end, int length, int most) {
            int rounds = 1;
            while (rounds < most
                    && end - (rounds + 1) * length >= 0
                    && same(end - (rounds + 1) * length, end - length, length)) {
                rounds++;
            }
            return rounds;
        }

        private boolean same(int one, int other, int length) {
            return words.subList(one, one + length).equals(words.subList(other, other + length));
        }
    }
}
