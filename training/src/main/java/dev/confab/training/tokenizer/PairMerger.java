package dev.confab.training.tokenizer;

import dev.confab.engine.tokenizer.ByteAlphabet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges the most frequent pair of neighbours again and again.
 *
 * <p>All words lie in one array of tokens, where they shrink in place. A merge visits only the words that have, or once
 * had, its pair, and changes the counts of the pairs beside it; the queue learns of a grown count at once and of a shrunk
 * one when the pair comes first. For one thread and one run.
 */
final class PairMerger {
    private final WordCounts words;
    private final long minimumFrequency;
    private final int limit;
    private final TokenizerProgress progress;

    /** Tokens of word {@code w} from {@code words.start(w)} on, {@code lengths[w]} of them. */
    private final int[] symbols;

    private final int[] lengths;
    private final PairTable pairs = new PairTable();
    private final PairQueue queue = new PairQueue();

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> merges = new ArrayList<>();

    /** Numbers of the pairs that the merge has made or added to, each once. */
    private int[] grown = new int[64];

    private int grownCount;
    /** By pair: the last merge, counted from 1, that listed it in {@link #grown}. */
    private int[] lastGrown = new int[64];

    /**
     * A run over counted words.
     *
     * @param minimumFrequency how often a pair must occur to be merged
     * @param limit how many tokens there may be, at least 256
     */
    PairMerger(WordCounts words, long minimumFrequency, int limit, TokenizerProgress progress) {
        this.words = words;
        this.minimumFrequency = minimumFrequency;
        this.limit = limit;
        this.progress = progress;
        symbols = new int[words.bytes()];
        lengths = new int[words.size()];
    }

    /** All tokens, spelled as in {@code vocab.json}, in the order of their ids. */
    List<String> tokens() {
        return tokens;
    }

    /** The merges in their order, as in {@code merges.txt}. */
    List<String> merges() {
        return merges;
    }

    void run() {
        spellInBytes();
        countPairs();
        int step = Math.max(1, (limit - tokens.size()) / 100);
        while (tokens.size() < limit && !queue.isEmpty() && queue.count() >= minimumFrequency) {
            int number = queue.number();
            long count = pairs.count(number);
            if (count < queue.count()) {
                queue.lower(count);
            } else {
                queue.pop();
                merge(number);
                if (tokens.size() % step == 0) {
                    progress.merged(tokens.size(), limit);
                }
            }
        }
        progress.merged(tokens.size(), limit);
    }

    /** Bytes get their ids in the order of the characters that stand for them, as in GPT-2. */
    private void spellInBytes() {
        char[] alphabet = new char[256];
        for (int b = 0; b < alphabet.length; b++) {
            alphabet[b] = ByteAlphabet.character(b);
        }
        Arrays.sort(alphabet);
        for (char c : alphabet) {
            token(String.valueOf(c));
        }
        int[] byteIds = new int[256];
        for (int b = 0; b < byteIds.length; b++) {
            byteIds[b] = Arrays.binarySearch(alphabet, ByteAlphabet.character(b));
        }
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = byteIds[words.byteAt(i)];
        }
    }

    private void countPairs() {
        for (int word = 0; word < lengths.length; word++) {
            int start = words.start(word);
            int end = words.start(word + 1);
            lengths[word] = end - start;
            for (int i = start; i + 1 < end; i++) {
                pairs.addWord(pairs.add(symbols[i], symbols[i + 1], words.count(word)), word);
            }
        }
        for (int number = 0; number < pairs.size(); number++) {
            queue.push(pairs.count(number), pairs.pair(number), number);
        }
    }

    /** The id of a token; two different merges may make the same one. */
    private int token(String spelling) {
        return ids.computeIfAbsent(spelling, text -> {
            tokens.add(text);
            return tokens.size() - 1;
        });
    }

    private void merge(int number) {
        int left = PairTable.left(pairs.pair(number));
        int right = PairTable.right(pairs.pair(number));
        int merged = token(tokens.get(left) + tokens.get(right));
        merges.add(tokens.get(left) + " " + tokens.get(right));
        grownCount = 0;
        for (int word : pairs.takeWords(number)) {
            mergeInWord(word, left, right, merged);
        }
        pairs.clearCount(number);
        for (int i = 0; i < grownCount; i++) {
            int neighbour = grown[i];
            if (pairs.count(neighbour) >= minimumFrequency) {
                queue.push(pairs.count(neighbour), pairs.pair(neighbour), neighbour);
            }
        }
    }

    private void mergeInWord(int word, int left, int right, int merged) {
        long count = words.count(word);
        int start = words.start(word);
        int end = start + lengths[word];
        int write = start;
        int read = start;
        while (read < end) {
            if (symbols[read] != left || read + 1 == end || symbols[read + 1] != right) {
                symbols[write++] = symbols[read++];
                continue;
            }
            if (write > start) {
                pairs.add(symbols[write - 1], left, -count);
                grow(symbols[write - 1], merged, word, count);
            }
            read += 2;
            if (read < end) {
                pairs.add(right, symbols[read], -count);
                grow(merged, symbols[read], word, count);
            }
            symbols[write++] = merged;
        }
        lengths[word] = write - start;
    }

    private void grow(int left, int right, int word, long count) {
        int number = pairs.add(left, right, count);
        pairs.addWord(number, word);
        if (number >= lastGrown.length) {
            lastGrown = Arrays.copyOf(lastGrown, Math.max(pairs.size(), 2 * lastGrown.length));
        }
        if (lastGrown[number] == merges.size()) {
            return;
        }
        lastGrown[number] = merges.size();
        if (grownCount == grown.length) {
            grown = Arrays.copyOf(grown, 2 * grownCount);
        }
        grown[grownCount++] = number;
    }
}
