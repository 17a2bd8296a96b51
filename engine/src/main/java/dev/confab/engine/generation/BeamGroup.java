package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.LogitsProcessor;
import dev.confab.engine.model.ForwardBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Beams that compete with each other; transformers' {@code BeamSearchScorer} and, with forced words,
 * {@code ConstrainedBeamSearchScorer} of version 4.45.1 for one prompt.
 *
 * <p>In a step the best continuations of all beams are gone through in order: one that ends the sequence is put aside if
 * it ranks among the first {@code size}, the others become the next beams until there are {@code size}.
 */
final class BeamGroup {
    /** What keeps all beams but the first from being considered while they are still the same. */
    private static final float DUPLICATE = -1e9f;

    private final PreparedRequest request;
    private final int size;
    private final LogitsProcessor processors;
    private final ContinuationSelector selector;
    private final @Nullable ForcedWords forcedWords;
    private final Hypotheses finished;
    private final float[] scores;
    private List<Beam> beams = new ArrayList<>();
    private boolean done;

    BeamGroup(
            PreparedRequest request,
            int size,
            LogitsProcessor processors,
            ContinuationSelector selector,
            @Nullable ForcedWords forcedWords) {
        this.request = request;
        this.size = size;
        this.processors = processors;
        this.selector = selector;
        this.forcedWords = forcedWords;
        this.finished = new Hypotheses(size, request.config(), request.maxLength() - request.prompt().length);
        this.scores = new float[request.vocabularySize()];
    }

    /** Starts with beams that all hold the prompt and share its lane. */
    void start(Lane prompt) {
        for (int i = 0; i < size; i++) {
            beams.add(new Beam(new TokenSequence(request.prompt()), prompt, i == 0 ? 0 : DUPLICATE));
        }
    }

    void enqueue(ForwardBatch batch) {
        for (Beam beam : beams) {
            beam.lane().enqueueLast(batch, beam.sequence());
        }
    }

    /** Takes one step with the results of the forward pass. */
    void advance(ForwardBatch batch) {
        selector.begin();
        for (int i = 0; i < size; i++) {
            Beam beam = beams.get(i);
            beam.lane().readLogProbabilities(batch, scores);
            processors.process(beam.sequence().ids(), beam.sequence().length(), scores);
            selector.offer(i, scores, beam.score());
            if (forcedWords != null) {
                forcedWords.offer(i, beam, scores);
            }
        }
        Candidates candidates = selector.select();
        List<Continuation> next = sortOut(batch, candidates);
        if (forcedWords != null) {
            next = forcedWords.favour(beams, next);
        }
        int replyLength = beams.getFirst().sequence().generatedLength() + 1;
        proceed(batch, next);
        done = finished.complete(candidates.score(0), replyLength);
    }

    /** Puts the continuations that end a sequence aside and gives those that go on. */
    private List<Continuation> sortOut(ForwardBatch batch, Candidates candidates) {
        List<Continuation> next = new ArrayList<>(size);
        for (int rank = 0; rank < candidates.count() && next.size() < size; rank++) {
            int token = candidates.token(rank);
            Continuation continuation = new Continuation(candidates.beam(rank), token, candidates.score(rank));
            if (!Tokens.contains(request.eosTokenIds(), token)) {
                next.add(continuation);
            } else if (rank < size) {
                finish(batch, continuation);
            }
        }
        if (next.size() < size) {
            throw new GenerationException("beam search found " + next.size() + " continuations for " + size
                    + " beams; the vocabulary of " + request.vocabularySize() + " tokens with "
                    + request.eosTokenIds().length + " ends of sequence is too small for num_beams");
        }
        return next;
    }

    private void finish(ForwardBatch batch, Continuation continuation) {
        Beam beam = beams.get(continuation.beam());
        if (forcedWords != null && !forcedWords.completedBy(beam.sequence())) {
            return;
        }
        TokenSequence sequence = extended(batch, beam, continuation.token());
        // The reference writes the first end-of-sequence token, whichever it was.
        if (request.eosTokenIds()[0] != continuation.token()) {
            sequence.truncate(sequence.length() - 1);
            sequence.add(request.eosTokenIds()[0]);
        }
        finished.add(sequence, continuation.score(), sequence.generatedLength(), true);
    }

    /** Makes the continuations the new beams: each forks its parent's cache, then the parents' are given back. */
    private void proceed(ForwardBatch batch, List<Continuation> next) {
        List<Beam> grown = new ArrayList<>(size);
        for (Continuation continuation : next) {
            Beam parent = beams.get(continuation.beam());
            grown.add(new Beam(
                    extended(batch, parent, continuation.token()), parent.lane().fork(), continuation.score()));
        }
        close();
        beams = grown;
    }

    private TokenSequence extended(ForwardBatch batch, Beam beam, int token) {
        TokenSequence sequence = beam.sequence().copy();
        sequence.add(token);
        if (request.config().outputScores()) {
            sequence.addLogProbability(beam.lane().logProbability(batch, 0, token, scores));
        }
        return sequence;
    }

    /** Adds the unfinished beams to the finished ones, those that lack forced words only if there are too few. */
    void finalizeBeams() {
        if (done) {
            return;
        }
        int complete = 0;
        for (Beam beam : beams) {
            if (forcedWords == null || forcedWords.completedBy(beam.sequence())) {
                addUnfinished(beam);
                complete++;
            }
        }
        if (complete < request.config().numReturnSequences()) {
            for (Beam beam : beams) {
                if (forcedWords != null && !forcedWords.completedBy(beam.sequence())) {
                    addUnfinished(beam);
                }
            }
        }
        done = true;
    }

    private void addUnfinished(Beam beam) {
        finished.add(beam.sequence(), beam.score(), beam.sequence().generatedLength(), false);
    }

    boolean done() {
        return done;
    }

    List<Beam> beams() {
        return beams;
    }

    Hypotheses finished() {
        return finished;
    }

    /** Gives the beams' caches back, the prompt's excepted, which belongs to the search. */
    void close() {
        for (Beam beam : beams) {
            beam.lane().closeFork();
        }
    }

    /**
     * A token after a beam.
     *
     * @param beam the beam's place in its group
     * @param token the token
     * @param score the beam's score and the token's together
     */
    record Continuation(int beam, int token, float score) {}
}
