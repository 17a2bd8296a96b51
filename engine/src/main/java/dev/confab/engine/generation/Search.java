package dev.confab.engine.generation;

import dev.confab.engine.model.ForwardBatch;
import java.util.List;

/**
 * A decoding strategy at work on one prompt, as a state machine: it adds the tokens that it wants read to a batch, the
 * caller runs the model, and the search takes one step with the results. So any number of searches share a forward pass.
 *
 * <p>Belongs to one thread; must be closed.
 */
abstract sealed class Search implements AutoCloseable
        permits TokenSearch, AssistedSearch, ContrastiveSearch, BeamSearch {
    /** Adds what the next step needs; not called once the search is done. */
    abstract void enqueue(ForwardBatch batch);

    /** Takes one step with the results of the forward pass. */
    abstract void advance(ForwardBatch batch);

    /** Whether all sequences have ended. */
    abstract boolean done();

    /** Ends all sequences that have not ended. */
    abstract void stop(FinishReason reason);

    /** The replies, once the search is done. */
    abstract List<GeneratedSequence> sequences();

    /** Whether a token has been chosen yet; until then the time counts as prefill. */
    abstract boolean started();

    /** Tokens that a draft proposed. */
    int draftTokensProposed() {
        return 0;
    }

    /** Proposed tokens that the model agreed with. */
    int draftTokensAccepted() {
        return 0;
    }

    /** Gives the memory of all caches back that the search has opened. */
    @Override
    public abstract void close();

    /** The search that the options select. */
    static Search of(PreparedRequest request, Lane prompt, Drafting drafting) {
        return switch (request.config().mode()) {
            case GREEDY_SEARCH, SAMPLE -> {
                Drafter drafter = request.guided() ? null : drafting.drafter(request);
                yield drafter == null ? new TokenSearch(request, prompt) : new AssistedSearch(request, prompt, drafter);
            }
            case CONTRASTIVE_SEARCH -> new ContrastiveSearch(request, prompt);
            case BEAM_SEARCH, BEAM_SAMPLE, GROUP_BEAM_SEARCH, CONSTRAINED_BEAM_SEARCH ->
                new BeamSearch(request, prompt);
        };
    }
}
