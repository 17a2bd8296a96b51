package dev.confab.engine.generation;

import dev.confab.engine.model.Gpt2;
import java.util.Iterator;
import java.util.LinkedHashSet;

/**
 * Keeps the caches of all requests within the model's key-value memory. A request begins only when there is room for
 * the longest reply that it may become, so none fails half-way; caches of idle sessions are emptied for it, the coldest
 * first. Counts in blocks. Guarded by the scheduler's lock.
 */
final class KeyValueBudget {
    private final Gpt2 model;
    private final LinkedHashSet<CachedTokens> idle = new LinkedHashSet<>();
    private long reserved;
    private long evictions;

    KeyValueBudget(Gpt2 model) {
        this.model = model;
    }

    /**
     * Reserves what a job may need, if there is room for it. A job that needs more than there is may have it all while
     * it is alone.
     */
    boolean reserve(Job job) {
        long wanted = demand(job.request());
        if (reserved > 0 && reserved + wanted > model.keyValueBlocks()) {
            return false;
        }
        idle.remove(job.cached());
        reserved += wanted;
        while (reserved + idleBlocks() > model.keyValueBlocks() && evictColdest()) {
            // One cache after another is emptied.
        }
        return true;
    }

    /** Takes the reservation of a job back that is done; a cache that is kept counts as idle from now on. */
    void release(Job job) {
        reserved -= demand(job.request());
        if (job.keepsCache()) {
            keep(job.cached());
        }
    }

    /** Notes that a cache is idle, and the warmest. */
    void keep(CachedTokens cached) {
        idle.remove(cached);
        if (cached.cache().length() > 0) {
            idle.add(cached);
        }
    }

    /** Forgets a cache that is about to be closed. */
    void forget(CachedTokens cached) {
        idle.remove(cached);
    }

    /** Empties the cache that has been idle for longest; false if there is none. */
    boolean evictColdest() {
        Iterator<CachedTokens> coldest = idle.iterator();
        if (!coldest.hasNext()) {
            return false;
        }
        coldest.next().clear();
        coldest.remove();
        evictions++;
        return true;
    }

    long evictions() {
        return evictions;
    }

    private long idleBlocks() {
        long blocks = 0;
        for (CachedTokens cached : idle) {
            blocks += model.keyValueBlocks(cached.cache().length());
        }
        return blocks;
    }

    /** The most blocks that a request can come to hold: its branches share what is full of the prompt's. */
    private long demand(PreparedRequest request) {
        int newTokens = request.maxLength() - request.prompt().length;
        int branches = branches(request.config());
        long blocks = demand(request.visiblePrompt().length, newTokens, branches);
        return request.guided() ? blocks + demand(request.negativePrompt().length, newTokens, branches) : blocks;
    }

    private long demand(int prompt, int newTokens, int branches) {
        int longest = Math.min(prompt + newTokens, model.config().positions());
        long shared = model.keyValueBlocks(prompt);
        return shared + branches * (model.keyValueBlocks(longest) - shared + 1);
    }

    private static int branches(GenerationConfig config) {
        return switch (config.mode()) {
            case GREEDY_SEARCH, SAMPLE -> config.numReturnSequences();
            case CONTRASTIVE_SEARCH -> config.topK() + 1;
            case BEAM_SEARCH, BEAM_SAMPLE, GROUP_BEAM_SEARCH, CONSTRAINED_BEAM_SEARCH -> config.numBeams();
        };
    }
}
