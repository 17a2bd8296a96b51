package dev.confab.engine.generation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The alternatives of a forced word as a tree of tokens; a leaf completes the word. Immutable once built.
 */
final class WordTree {
    private final Map<Integer, WordTree> children = new LinkedHashMap<>();
    private int height;

    private WordTree() {}

    /**
     * The tree of some alternatives.
     *
     * @throws GenerationException if one alternative begins another, which could then never be the one that is meant
     */
    static WordTree of(List<List<Integer>> alternatives) {
        var root = new WordTree();
        for (List<Integer> alternative : alternatives) {
            WordTree node = root;
            for (int token : alternative) {
                node = node.children.computeIfAbsent(token, _ -> new WordTree());
            }
            root.height = Math.max(root.height, alternative.size());
        }
        if (root.leaves() != alternatives.size()) {
            throw GenerationException.invalid(
                    "force_words_ids", alternatives, "made of alternatives of which none begins another");
        }
        return root;
    }

    private int leaves() {
        return children.isEmpty()
                ? 1
                : children.values().stream().mapToInt(WordTree::leaves).sum();
    }

    /** What follows a token, or null if the word does not go on with it. */
    @Nullable
    WordTree after(int token) {
        return children.get(token);
    }

    /** The tokens that lead on. */
    Iterable<Integer> nextTokens() {
        return children.keySet();
    }

    boolean isLeaf() {
        return children.isEmpty();
    }

    /** Tokens of the longest alternative; known at the root only. */
    int height() {
        return height;
    }
}
