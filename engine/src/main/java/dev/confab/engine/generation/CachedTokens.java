package dev.confab.engine.generation;

import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.KeyValueCache;
import java.util.Arrays;

/**
 * A key-value cache and the tokens in it, so that a text that begins as the last one did is not read again. Belongs to
 * one thread; must be closed.
 */
final class CachedTokens implements AutoCloseable {
    private final KeyValueCache cache;
    private int[] tokens = new int[0];

    CachedTokens(Gpt2 model) {
        this(model.newCache());
    }

    private CachedTokens(KeyValueCache cache) {
        this.cache = cache;
    }

    KeyValueCache cache() {
        return cache;
    }

    /**
     * Drops everything from the first token on at which the cached text and a new one differ. At least the last token
     * of the new text is dropped too, since reading it gives the scores of the next.
     *
     * @return how many tokens of the text the cache holds
     */
    int keepPrefixOf(int[] text, int length) {
        int shared = Tokens.commonPrefix(tokens, Math.min(tokens.length, cache.length()), text, length);
        cache.truncate(Math.min(shared, length - 1));
        return cache.length();
    }

    /** Notes what the cache holds now: the beginning of a text that is at least as long. */
    void hold(int[] text) {
        tokens = Arrays.copyOf(text, cache.length());
    }

    /** How many of the cache's tokens a text begins with. */
    int sharedWith(int[] text) {
        return Tokens.commonPrefix(tokens, Math.min(tokens.length, cache.length()), text, text.length);
    }

    /** A second cache with the first of the tokens, which shares their memory. */
    CachedTokens fork(int length) {
        var fork = new CachedTokens(cache.fork());
        fork.cache.truncate(length);
        fork.tokens = Arrays.copyOf(tokens, length);
        return fork;
    }

    /** Forgets everything, such as after a forward pass that failed half-way. */
    void clear() {
        cache.truncate(0);
        tokens = new int[0];
    }

    @Override
    public void close() {
        cache.close();
    }
}
