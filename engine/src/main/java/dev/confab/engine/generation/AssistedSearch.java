package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.LogitsProcessor;
import dev.confab.engine.model.ForwardBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Speculative decoding (Leviathan et al. 2023): a drafter proposes several tokens, the model reads them all in one pass,
 * and those that it would have chosen itself stay, with one more that it chooses after them.
 *
 * <p>Each token is chosen by the model's own processed scores, greedily or with the next random number, so the reply is
 * the one that plain search gives; a good draft only makes it come sooner.
 */
final class AssistedSearch extends Search {
    private final PreparedRequest request;
    private final Lane lane;
    private final Drafter drafter;
    private final LogitsProcessor processors;
    private final TokenSequence sequence;
    private final DraftedChoice chooser;
    private final float[] scores;
    private final int[] proposals;
    private int proposed;
    private int draftTokensProposed;
    private int draftTokensAccepted;
    private @Nullable FinishReason finished;

    AssistedSearch(PreparedRequest request, Lane prompt, Drafter drafter) {
        this.request = request;
        this.lane = prompt;
        this.drafter = drafter;
        this.processors = request.processors(null);
        this.sequence = new TokenSequence(request.prompt());
        this.scores = new float[request.vocabularySize()];
        this.proposals = new int[drafter.limit()];
        this.chooser = new DraftedChoice(request.config().doSample() ? request.uniforms(0) : null, drafter.limit());
    }

    @Override
    void enqueue(ForwardBatch batch) {
        int room = request.maxLength() - sequence.length() - 1;
        proposed = drafter.propose(sequence, chooser, proposals, Math.min(room, drafter.limit()));
        draftTokensProposed += proposed;
        int[] pending = pendingTokens();
        lane.enqueue(batch, pending, 0, pending.length, proposed + 1);
    }

    /** What the cache lacks of the text, and the proposals. */
    private int[] pendingTokens() {
        int[] visible = request.visiblePrompt();
        int generated = sequence.generatedLength();
        int cached = lane.cached();
        int[] pending = new int[visible.length + generated - cached + proposed];
        int count = 0;
        for (int i = cached; i < visible.length + generated; i++) {
            pending[count++] = i < visible.length ? visible[i] : sequence.generated(i - visible.length);
        }
        System.arraycopy(proposals, 0, pending, count, proposed);
        return pending;
    }

    @Override
    void advance(ForwardBatch batch) {
        boolean agreed = true;
        for (int i = 0; i <= proposed && agreed && finished == null; i++) {
            lane.read(batch, i, scores);
            processors.process(sequence.ids(), sequence.length(), scores);
            int token = chooser.choose(scores);
            sequence.add(token);
            float logProbability = Float.NaN;
            if (request.config().outputScores()) {
                logProbability = lane.logProbability(batch, i, token, scores);
                sequence.addLogProbability(logProbability);
            }
            finished = request.finish(sequence);
            request.listener().onToken(0, token, logProbability);
            agreed = i < proposed && token == proposals[i];
            if (agreed) {
                draftTokensAccepted++;
            }
        }
        int visible = request.visiblePrompt().length + sequence.generatedLength();
        lane.truncate(Math.min(lane.cached(), visible - 1));
    }

    @Override
    boolean started() {
        return sequence.generatedLength() > 0;
    }

    @Override
    boolean done() {
        return finished != null;
    }

    @Override
    void stop(FinishReason reason) {
        finished = reason;
    }

    @Override
    List<GeneratedSequence> sequences() {
        return List.of(sequence.result(finished == null ? FinishReason.CANCELLED : finished, Double.NaN));
    }

    @Override
    int draftTokensProposed() {
        return draftTokensProposed;
    }

    @Override
    int draftTokensAccepted() {
        return draftTokensAccepted;
    }

    @Override
    public void close() {
        drafter.close();
        lane.close();
    }
}
