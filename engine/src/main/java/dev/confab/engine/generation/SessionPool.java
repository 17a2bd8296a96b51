package dev.confab.engine.generation;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Sessions for callers who send the whole text each time, as clients of a web interface do: what the model has read of
 * earlier requests is found by its beginning, and only the rest of a prompt is read.
 *
 * <p>Holds key-value caches within the bound of the model's memory, so it must be closed. Usable from any thread.
 *
 * <pre>{@code
 * try (var pool = new SessionPool(generator, 256)) {
 *     GenerationResult first = pool.generate(GenerationRequest.of(prompt, config));
 *     GenerationResult next = pool.generate(GenerationRequest.of(promptReplyAndNextTurn, config)); // reads only the turn
 * }
 * }</pre>
 */
public final class SessionPool implements AutoCloseable {
    /** A cache whose last tokens a prompt does not share is used up for it only if it loses so few; else it is forked. */
    private static final int TOKENS_TO_LOSE = 32;

    private final Generator generator;
    private final int capacity;
    /** Those that no request uses, the coldest first; guarded by the scheduler. */
    private final Deque<CachedTokens> idle = new ArrayDeque<>();

    private boolean closed;

    /**
     * An empty pool.
     *
     * @param capacity the most texts that are remembered, at least 1
     */
    public SessionPool(Generator generator, int capacity) {
        if (capacity < 1) {
            throw new GenerationException("a pool of " + capacity + " sessions; choose at least 1");
        }
        this.generator = generator;
        this.capacity = capacity;
    }

    /**
     * Serves a request, beginning with what is known of its prompt.
     *
     * @throws GenerationException if the prompt or an option cannot be used
     * @throws OverloadedException if too many calls wait already
     */
    public GenerationResult generate(GenerationRequest request) {
        int[] prompt = request.prompt();
        CachedTokens cached = take(prompt == null ? new int[0] : prompt);
        try {
            return generator.generate(request, cached);
        } finally {
            giveBack(cached);
        }
    }

    /** How many texts are remembered. */
    public int size() {
        BatchScheduler scheduler = generator.scheduler();
        scheduler.lock();
        try {
            forgetEvicted();
            return idle.size();
        } finally {
            scheduler.unlock();
        }
    }

    private CachedTokens take(int[] prompt) {
        BatchScheduler scheduler = generator.scheduler();
        scheduler.lock();
        try {
            CachedTokens best = longestShared(prompt);
            if (best == null) {
                return new CachedTokens(generator.model());
            }
            int shared = best.sharedWith(prompt);
            if (best.cache().length() - shared > TOKENS_TO_LOSE) {
                return best.fork(shared);
            }
            idle.remove(best);
            return best;
        } finally {
            scheduler.unlock();
        }
    }

    private @Nullable CachedTokens longestShared(int[] prompt) {
        CachedTokens best = null;
        int most = 0;
        for (CachedTokens cached : idle) {
            int shared = cached.sharedWith(prompt);
            if (shared > most) {
                best = cached;
                most = shared;
            }
        }
        return best;
    }

    private void giveBack(CachedTokens cached) {
        BatchScheduler scheduler = generator.scheduler();
        scheduler.lock();
        try {
            idle.addLast(cached);
            forgetEvicted();
            while (idle.size() > (closed ? 0 : capacity)) {
                scheduler.close(idle.removeFirst());
            }
        } finally {
            scheduler.unlock();
        }
    }

    private void forgetEvicted() {
        idle.removeIf(cached -> cached.cache().length() == 0);
    }

    /** Gives the memory of all caches back; those in use follow when their requests are done. */
    @Override
    public void close() {
        BatchScheduler scheduler = generator.scheduler();
        scheduler.lock();
        try {
            closed = true;
            idle.forEach(scheduler::close);
            idle.clear();
        } finally {
            scheduler.unlock();
        }
    }
}
