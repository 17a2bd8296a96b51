package dev.confab.engine.generation;

import dev.confab.engine.model.ForwardBatch;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One request on its way: its search, its clock and the cache that its prompt is read into. A long prompt is read in
 * parts as large as the caller allows; only the last of them, and all that follows, is the search's.
 */
final class Run implements AutoCloseable {
    private final PreparedRequest request;
    private final Search search;
    private final CachedTokens cached;
    private final int reused;
    private final long asked;
    private final long begin = System.nanoTime();
    private boolean partOfPrompt;
    private boolean cancelledEarly;
    private long firstToken;
    private long end;

    private Run(PreparedRequest request, Search search, CachedTokens cached, int reused, long asked) {
        this.request = request;
        this.search = search;
        this.cached = cached;
        this.reused = reused;
        this.asked = asked;
    }

    /**
     * Begins a request.
     *
     * @param asked when it was made, in the clock of {@link System#nanoTime}
     */
    static Run start(PreparedRequest request, CachedTokens cached, Drafting drafting, long asked) {
        int[] visible = request.visiblePrompt();
        if (request.config().mode() == GenerationMode.CONTRASTIVE_SEARCH) {
            // It needs the hidden states of the whole prompt, which a cache does not keep.
            cached.clear();
        }
        int reused = cached.keepPrefixOf(visible, visible.length);
        return new Run(
                request, Search.of(request, Lane.over(cached.cache(), request), drafting), cached, reused, asked);
    }

    /** The result of a request that was cancelled before it began. */
    static GenerationResult cancelledBeforeStart(PreparedRequest request, long asked) {
        GeneratedSequence nothing = new TokenSequence(request.prompt()).result(FinishReason.CANCELLED, Double.NaN);
        Duration waited = Duration.ofNanos(System.nanoTime() - asked);
        List<GeneratedSequence> sequences = Collections.nCopies(request.config().numReturnSequences(), nothing);
        return new GenerationResult(sequences, 0, 0, 0, 0, waited, Duration.ZERO, Duration.ZERO);
    }

    /** How many tokens of the prompt have to be read; 0 once the search has begun, or if it reads the prompt itself. */
    int unreadPrompt() {
        boolean readsItself = request.config().mode() == GenerationMode.CONTRASTIVE_SEARCH;
        return search.started() || readsItself
                ? 0
                : request.visiblePrompt().length - cached.cache().length();
    }

    /**
     * Adds what the next step needs.
     *
     * @param most how many tokens of the prompt may be read, at least 1
     */
    void enqueue(ForwardBatch batch, int most) {
        partOfPrompt = unreadPrompt() > most;
        if (partOfPrompt) {
            int from = cached.cache().length();
            batch.add(cached.cache(), request.visiblePrompt(), from, from + most, 0);
        } else {
            search.enqueue(batch);
        }
    }

    void advance(ForwardBatch batch) {
        if (!partOfPrompt) {
            search.advance(batch);
        }
        end = System.nanoTime();
        if (search.started() && firstToken == 0) {
            firstToken = end;
        }
        if (!search.done()) {
            Double maxTime = request.config().maxTime();
            if (request.cancelled()) {
                stop();
            } else if (search.started() && maxTime != null && end - begin > maxTime * 1e9) {
                search.stop(FinishReason.TIME);
            }
        }
    }

    private void stop() {
        if (search.started()) {
            search.stop(FinishReason.CANCELLED);
        } else {
            cancelledEarly = true;
        }
    }

    boolean done() {
        return cancelledEarly || search.done();
    }

    /** The result; the cache is noted to hold the prompt and what the first reply added to it. */
    GenerationResult result() {
        List<GeneratedSequence> sequences =
                cancelledEarly ? cancelledBeforeStart(request, asked).sequences() : search.sequences();
        int[] visible = request.visiblePrompt();
        int[] reply = sequences.getFirst().tokens();
        int[] text = Arrays.copyOf(visible, visible.length + reply.length);
        System.arraycopy(reply, 0, text, visible.length, reply.length);
        cached.hold(text);
        long first = firstToken == 0 ? end : firstToken;
        return new GenerationResult(
                sequences,
                computed(visible),
                reused,
                search.draftTokensProposed(),
                search.draftTokensAccepted(),
                Duration.ofNanos(begin - asked),
                Duration.ofNanos(first - begin),
                Duration.ofNanos(end - first));
    }

    /** Less than the whole rest if the request was cancelled while its prompt was read. */
    private int computed(int[] visible) {
        return Math.min(visible.length, cached.cache().length()) - reused;
    }

    @Override
    public void close() {
        search.close();
    }
}
