package dev.confab.dialogue.filter;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ahocorasick.trie.PayloadEmit;
import org.ahocorasick.trie.PayloadTrie;

/**
 * Finds the words, phrases and expressions of lists in a text, in whatever disguise: {@code B a d}, {@code b.4.d},
 * {@code baaad}, {@code b*d}, and letters of other scripts that look the same.
 *
 * <p>All words of all lists are found in one walk through the text (Aho and Corasick, "Efficient String Matching", 1975),
 * so that long lists cost no more than short ones. Immutable, usable from any thread.
 */
public final class WordFilter implements TextFilter {
    /** Words of one letter, written or short for a longer one, that may stand before or after a word in spaced letters. */
    private static final String SINGLE_LETTER_WORDS = "aiuryon";

    /** An entry of a list, and to which group the list belongs. */
    private record Listed(ListedWord word, String reason, int group) {}

    private record Expression(Pattern pattern, String reason, int group) {}

    /**
     * Lists whose entries have the same consequences.
     *
     * @param lists the lists
     * @param action what to do about a text in which any entry of theirs is found
     */
    record Group(List<WordList> lists, FilterAction action) {}

    private final PayloadTrie<List<Listed>> trie;
    private final Map<String, List<Listed>> whole;
    private final List<Expression> expressions;
    private final List<FilterAction> actions;

    private WordFilter(List<Group> groups) {
        actions = groups.stream().map(Group::action).toList();
        Map<String, List<Listed>> keywords = new HashMap<>();
        whole = new HashMap<>();
        expressions = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            for (WordList list : groups.get(group).lists()) {
                add(list, group, keywords);
            }
        }
        PayloadTrie.PayloadTrieBuilder<List<Listed>> builder = PayloadTrie.builder();
        keywords.forEach(builder::addKeyword);
        trie = builder.build();
    }

    private void add(WordList list, int group, Map<String, List<Listed>> keywords) {
        String reason = "word list '%s'".formatted(list.name());
        for (ListedWord word : list.words()) {
            var listed = new Listed(word, reason, group);
            whole.computeIfAbsent(word.bare(), key -> new ArrayList<>()).add(listed);
            keywords.computeIfAbsent(word.keyword(), key -> new ArrayList<>()).add(listed);
            for (ListedWord variant : word.starredOut()) {
                keywords.computeIfAbsent(variant.keyword(), key -> new ArrayList<>())
                        .add(new Listed(variant, reason, group));
            }
        }
        list.expressions().forEach(pattern -> expressions.add(new Expression(pattern, reason, group)));
    }

    /**
     * A filter that objects to the entries of some lists.
     *
     * @param lists the lists; what one allows is allowed in all of them
     * @param action what to do about a text in which any entry is found
     */
    public static WordFilter of(List<WordList> lists, FilterAction action) {
        return of(List.of(new Group(lists, action)));
    }

    /**
     * A filter that looks for the lists of several groups at once; the first group of which anything is found decides. What
     * one list allows is allowed in all of them.
     */
    static WordFilter of(List<Group> groups) {
        return new WordFilter(groups);
    }

    @Override
    public FilterResult check(String text) {
        List<Found> found = find(text);
        for (int group = 0; group < actions.size(); group++) {
            int decides = group;
            List<Finding> findings = found.stream()
                    .filter(one -> one.group() == decides)
                    .map(Found::finding)
                    .toList();
            if (!findings.isEmpty()) {
                return Findings.apply(actions.get(group), text, findings);
            }
        }
        return FilterResult.passed();
    }

    /** What was found, and for which group. */
    private record Found(Finding finding, int group) {}

    private List<Found> find(String text) {
        FoldedText folded = FoldedText.of(text);
        List<Found> found = new ArrayList<>();
        var allowed = new BitSet(text.length());
        for (SpelledText spelled : SpelledText.of(folded)) {
            findWords(text, spelled.words(), found, allowed);
            for (SpelledText.Joined joined : spelled.joined()) {
                findWhole(text, joined, found, allowed);
            }
        }
        findExpressions(text, folded, found);
        found.removeIf(one ->
                allowed.nextClearBit(one.finding().start()) >= one.finding().end());
        return found;
    }

    /** Where a part of a word is listed, the whole word is found. */
    private void findWords(String text, Spelling words, List<Found> found, BitSet allowed) {
        String letters = words.letters();
        for (PayloadEmit<List<Listed>> emit : trie.parseText(letters)) {
            for (Listed listed : emit.getPayload()) {
                if (words.repeats(emit.getStart(), listed.word().runs())) {
                    int first = letters.lastIndexOf(' ', emit.getStart()) + 1;
                    int last = letters.indexOf(' ', emit.getEnd()) - 1;
                    add(listed, text, words.start(first), words.end(last), found, allowed);
                }
            }
        }
    }

    /** Spaced letters may make several words; what stands around the one that is looked for has to be words as well. */
    private void findWhole(String text, SpelledText.Joined joined, List<Found> found, BitSet allowed) {
        Spelling spelling = joined.spelling();
        String letters = spelling.letters();
        int before = 0;
        do {
            int after = letters.length();
            do {
                for (Listed listed : whole.getOrDefault(letters.substring(before, after), List.of())) {
                    if (spelling.repeats(before, listed.word().bareRuns())) {
                        add(listed, text, spelling.start(before), spelling.end(after - 1), found, allowed);
                    }
                }
                after--;
            } while (joined.spaced() && after > before && isSingleLetterWord(letters.charAt(after)));
            before++;
        } while (joined.spaced() && before < letters.length() && isSingleLetterWord(letters.charAt(before - 1)));
    }

    private static void add(Listed listed, String text, int start, int end, List<Found> found, BitSet allowed) {
        if (listed.word().allowed()) {
            allowed.set(start, end);
        } else {
            found.add(new Found(finding(text, start, end, listed.reason()), listed.group()));
        }
    }

    private static boolean isSingleLetterWord(char letter) {
        return SINGLE_LETTER_WORDS.indexOf(letter) >= 0;
    }

    private void findExpressions(String text, FoldedText folded, List<Found> found) {
        for (Expression expression : expressions) {
            Matcher matcher = expression.pattern().matcher(folded.toString());
            while (matcher.find()) {
                if (matcher.end() > matcher.start()) {
                    int start = folded.start(matcher.start());
                    int end = folded.end(matcher.end() - 1);
                    found.add(new Found(finding(text, start, end, expression.reason()), expression.group()));
                }
            }
        }
    }

    private static Finding finding(String text, int start, int end, String reason) {
        char[] stars = new char[text.codePointCount(start, end)];
        Arrays.fill(stars, '*');
        return new Finding(start, end, new String(stars), reason);
    }
}
