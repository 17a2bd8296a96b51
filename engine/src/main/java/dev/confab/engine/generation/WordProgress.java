package dev.confab.engine.generation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a text has come with the words that it must hold; transformers' {@code ConstraintListState}.
 *
 * <p>One word at a time is in progress. A token that does not go on with it puts the word back behind the others, even
 * if the token would begin it anew.
 */
final class WordProgress {
    private final List<WordTree> all;
    private final List<WordTree> pending;
    private final int longest;
    private int completed;
    private @Nullable WordTree word;
    private @Nullable WordTree place;
    private int depth;

    WordProgress(List<WordTree> words) {
        this.all = words;
        this.pending = new ArrayList<>(words);
        this.longest = words.stream().mapToInt(WordTree::height).max().orElse(0);
    }

    WordProgress copy() {
        var copy = new WordProgress(all);
        copy.pending.clear();
        copy.pending.addAll(pending);
        copy.completed = completed;
        copy.word = word;
        copy.place = place;
        copy.depth = depth;
        return copy;
    }

    void read(int[] tokens, int length) {
        for (int i = 0; i < length && !complete(); i++) {
            read(tokens[i]);
        }
    }

    void read(int token) {
        if (place == null) {
            begin(token);
            return;
        }
        WordTree next = place.after(token);
        if (next != null) {
            step(next);
        } else if (word != null) {
            pending.add(word);
            word = null;
            place = null;
            depth = 0;
        }
    }

    private void begin(int token) {
        for (int i = 0; i < pending.size(); i++) {
            WordTree first = pending.get(i).after(token);
            if (first != null) {
                word = pending.remove(i);
                step(first);
                return;
            }
        }
    }

    private void step(WordTree next) {
        place = next;
        depth++;
        if (next.isLeaf()) {
            completed++;
            word = null;
            place = null;
            depth = 0;
        }
    }

    boolean complete() {
        return completed == all.size();
    }

    /** The tokens that would bring the text nearer to a word. */
    List<Integer> nextTokens() {
        List<Integer> tokens = new ArrayList<>();
        if (place != null) {
            place.nextTokens().forEach(tokens::add);
        } else {
            for (WordTree candidate : pending) {
                candidate.nextTokens().forEach(tokens::add);
            }
        }
        return tokens;
    }

    /** A number that grows with each word and each step towards one. */
    int bank() {
        int steps = word == null ? 0 : longest - (word.height() - depth);
        return completed * longest + steps;
    }
}
