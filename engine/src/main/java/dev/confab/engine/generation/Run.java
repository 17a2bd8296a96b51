package dev.confab.engine.generation;

import dev.confab.engine.model.ForwardBatch;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** One request on its way: its search, its clock and the cache that its prompt is read into. */
final class Run implements AutoCloseable {
    private final PreparedRequest request;
    private final Search search;
    private final CachedTokens cached;
    private final int reused;
    private final long begin = System.nanoTime();
    private long firstToken;
    private long end;

    private Run(PreparedRequest request, Search search, CachedTokens cached, int reused) {
        this.request = request;
        this.search = search;
        this.cached = cached;
        this.reused = reused;
    }

    static Run start(PreparedRequest request, CachedTokens cached, Drafting drafting) {
        int[] visible = request.visiblePrompt();
        if (request.config().mode() == GenerationMode.CONTRASTIVE_SEARCH) {
            // It needs the hidden states of the whole prompt, which a cache does not keep.
            cached.clear();
        }
        int reused = cached.keepPrefixOf(visible, visible.length);
        return new Run(request, Search.of(request, Lane.over(cached.cache(), request), drafting), cached, reused);
    }

    void enqueue(ForwardBatch batch) {
        search.enqueue(batch);
    }

    void advance(ForwardBatch batch) {
        search.advance(batch);
        end = System.nanoTime();
        if (search.started() && firstToken == 0) {
            firstToken = end;
        }
        if (!search.done()) {
            Double maxTime = request.config().maxTime();
            if (request.cancelled()) {
                search.stop(FinishReason.CANCELLED);
            } else if (search.started() && maxTime != null && end - begin > maxTime * 1e9) {
                search.stop(FinishReason.TIME);
            }
        }
    }

    boolean done() {
        return search.done();
    }

    /** The result; the cache is noted to hold the prompt and what the first reply added to it. */
    GenerationResult result() {
        List<GeneratedSequence> sequences = search.sequences();
        int[] visible = request.visiblePrompt();
        int[] reply = sequences.getFirst().tokens();
        int[] text = Arrays.copyOf(visible, visible.length + reply.length);
        System.arraycopy(reply, 0, text, visible.length, reply.length);
        cached.hold(text);
        long first = firstToken == 0 ? end : firstToken;
        return new GenerationResult(
                sequences,
                visible.length - reused,
                reused,
                search.draftTokensProposed(),
                search.draftTokensAccepted(),
                Duration.ofNanos(first - begin),
                Duration.ofNanos(end - first));
    }

    @Override
    public void close() {
        search.close();
    }
}
