package dev.confab.engine.generation;

import dev.confab.engine.error.ConfabException;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the scheduler. While it waits or runs it belongs to the thread that leads, before and
 * after to its caller's.
 */
final class Job {
    private final PreparedRequest request;
    private final CachedTokens cached;
    private final boolean keepsCache;
    private final Drafting drafting;
    private final TokenEvents events;
    private final long asked = System.nanoTime();
    private @Nullable Run run;
    private @Nullable GenerationResult result;
    private @Nullable Throwable failure;

    /**
     * A job.
     *
     * @param request reports its tokens to {@code events}
     * @param cached what its prompt is read into
     * @param keepsCache whether the cache is kept when the job is done, or closed
     */
    Job(PreparedRequest request, TokenEvents events, CachedTokens cached, boolean keepsCache, Drafting drafting) {
        this.request = request;
        this.events = events;
        this.cached = cached;
        this.keepsCache = keepsCache;
        this.drafting = drafting;
    }

    PreparedRequest request() {
        return request;
    }

    CachedTokens cached() {
        return cached;
    }

    boolean keepsCache() {
        return keepsCache;
    }

    TokenEvents events() {
        return events;
    }

    /** Begins with the prompt. */
    void start() {
        run = Run.start(request, cached, drafting, asked);
    }

    /** What runs; only between {@link #start} and the end. */
    Run run() {
        if (run == null) {
            throw new IllegalStateException("the request waits still");
        }
        return run;
    }

    /** Ends the job because of an error, unless it has ended already. */
    void fail(Throwable error) {
        if (failure == null) {
            failure = error;
        }
    }

    boolean failed() {
        return failure != null;
    }

    /** Whether it leaves the batch. */
    boolean over() {
        return failure != null || (run != null && run.done());
    }

    /** Makes the result of a run that is done, and gives back what it held but the cache. */
    void complete() {
        try {
            if (failure == null) {
                result = run().result();
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            release();
        }
    }

    /** Whether the caller has cancelled a request that waits; then it has its result. */
    boolean cancelledWhileWaiting() {
        try {
            if (request.cancelled()) {
                result = Run.cancelledBeforeStart(request, asked);
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
        return result != null || failure != null;
    }

    /** Gives back what the run held; a cache that a failure may have left half-way is emptied. */
    void release() {
        if (run != null) {
            run.close();
            run = null;
        }
        if (result == null) {
            cached.clear();
        }
        if (!keepsCache) {
            cached.close();
        }
    }

    @Nullable
    GenerationResult finished() {
        return result;
    }

    /**
     * The result.
     *
     * @throws RuntimeException what went wrong
     */
    GenerationResult result() {
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new ConfabException("generation failed: " + e, e);
        }
        if (result == null) {
            throw new IllegalStateException("the request has not been served");
        }
        return result;
    }
}
