package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.HammingDiversity;
import dev.confab.engine.generation.logits.LogitsProcessor;
import dev.confab.engine.model.ForwardBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Beam search in all its forms: plain, sampled, in groups that avoid each other's tokens, and with forced words.
 *
 * <p>All beams of all groups share a forward pass, and their common past shares the memory of the cache. Follows
 * {@code _beam_search}, {@code _group_beam_search} and {@code _constrained_beam_search} of transformers 4.45.1.
 */
final class BeamSearch extends Search {
    private final PreparedRequest request;
    private final Lane prompt;
    private final List<BeamGroup> groups = new ArrayList<>();
    private final @Nullable HammingDiversity diversity;
    private int reported;
    private boolean started;
    private @Nullable FinishReason finished;

    BeamSearch(PreparedRequest request, Lane prompt) {
        this.request = request;
        this.prompt = prompt;
        GenerationConfig config = request.config();
        int beams = config.numBeams();
        int groupCount = config.mode() == GenerationMode.GROUP_BEAM_SEARCH ? config.numBeamGroups() : 1;
        boolean diverse = groupCount > 1 && config.diversityPenalty() > 0;
        this.diversity = diverse ? new HammingDiversity(config.diversityPenalty(), beams) : null;
        LogitsProcessor processors = request.processors(diversity);
        for (int i = 0; i < groupCount; i++) {
            var group =
                    new BeamGroup(request, beams / groupCount, processors, selector(beams / groupCount), forcedWords());
            group.start(prompt);
            groups.add(group);
        }
    }

    private ContinuationSelector selector(int beams) {
        // Enough that as many as there are beams go on even if every end of sequence comes first.
        int count = Math.max(2, 1 + request.eosTokenIds().length) * beams;
        return request.config().mode() == GenerationMode.BEAM_SAMPLE
                ? new ContinuationSelector.Drawn(count, beams, request.vocabularySize(), request.uniforms(0))
                : new ContinuationSelector.Best(count);
    }

    private @Nullable ForcedWords forcedWords() {
        List<List<List<Integer>>> words = request.config().forceWordsIds();
        return words == null ? null : new ForcedWords(words, request.config().numBeams(), request.vocabularySize());
    }

    @Override
    void enqueue(ForwardBatch batch) {
        if (!started) {
            prompt.enqueuePrompt(batch);
            return;
        }
        for (BeamGroup group : groups) {
            if (!group.done()) {
                group.enqueue(batch);
            }
        }
    }

    @Override
    void advance(ForwardBatch batch) {
        started = true;
        if (diversity != null) {
            diversity.begin();
        }
        for (BeamGroup group : groups) {
            boolean alreadyDone = group.done();
            if (!alreadyDone) {
                group.advance(batch);
            }
            if (diversity != null) {
                noteChoices(diversity, group, alreadyDone);
            }
        }
        reportAgreement();
        stopIfComplete();
    }

    /** A group that was done before this step counts as choosing the padding token, as in the reference. */
    private void noteChoices(HammingDiversity penalty, BeamGroup group, boolean alreadyDone) {
        for (Beam beam : group.beams()) {
            penalty.chose(alreadyDone ? request.padTokenId() : beam.sequence().last());
        }
    }

    private void stopIfComplete() {
        boolean allDone = true;
        boolean allStopped = true;
        boolean full = false;
        for (BeamGroup group : groups) {
            if (!group.done()) {
                allDone = false;
                for (Beam beam : group.beams()) {
                    full |= beam.sequence().length() >= request.maxLength();
                    allStopped &= request.stopped(beam.sequence());
                }
            }
        }
        if (allDone) {
            stop(FinishReason.EOS);
        } else if (full) {
            stop(FinishReason.LENGTH);
        } else if (allStopped) {
            stop(FinishReason.STOP);
        }
    }

    /** Reports the tokens that all beams which can still win have in common. */
    private void reportAgreement() {
        TokenSequence first = groups.getFirst().beams().getFirst().sequence();
        int agreed = Integer.MAX_VALUE;
        for (BeamGroup group : groups) {
            if (!group.done()) {
                for (Beam beam : group.beams()) {
                    agreed = agreement(first, beam.sequence(), agreed);
                }
            }
            for (Hypotheses.Hypothesis hypothesis : group.finished().all()) {
                agreed = agreement(first, hypothesis.sequence(), agreed);
            }
        }
        report(first, agreed);
    }

    private static int agreement(TokenSequence left, TokenSequence right, int limit) {
        int most = Math.min(limit, Math.min(left.generatedLength(), right.generatedLength()));
        int agreed = 0;
        while (agreed < most && left.generated(agreed) == right.generated(agreed)) {
            agreed++;
        }
        return agreed;
    }

    private void report(TokenSequence sequence, int end) {
        while (reported < end) {
            request.listener().onToken(0, sequence.generated(reported++));
        }
    }

    @Override
    boolean started() {
        return started;
    }

    @Override
    boolean done() {
        return finished != null;
    }

    @Override
    void stop(FinishReason reason) {
        finished = reason;
        groups.forEach(BeamGroup::finalizeBeams);
        if (started) {
            TokenSequence best = best(1).getFirst().sequence();
            report(best, best.generatedLength());
        }
    }

    private List<Hypotheses.Hypothesis> best(int count) {
        List<Hypotheses.Hypothesis> candidates = new ArrayList<>();
        for (BeamGroup group : groups) {
            candidates.addAll(group.finished().all());
        }
        return Hypotheses.best(candidates, count);
    }

    @Override
    List<GeneratedSequence> sequences() {
        FinishReason cutOff = finished == null ? FinishReason.CANCELLED : finished;
        return best(request.config().numReturnSequences()).stream()
                .map(hypothesis -> hypothesis
                        .sequence()
                        .result(hypothesis.ended() ? FinishReason.EOS : cutOff, hypothesis.score()))
                .toList();
    }

    @Override
    public void close() {
        groups.forEach(BeamGroup::close);
        prompt.close();
    }
}
