package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.LogitsProcessor;
import dev.confab.engine.model.ForwardBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Greedy search and sampling: one token at a time, for one or several independent replies to the same prompt, which is
 * read once. Does not allocate per token.
 */
final class TokenSearch extends Search {
    private final PreparedRequest request;
    private final LogitsProcessor processors;
    private final float[] scores;
    private final boolean recordsLogProbabilities;
    private final List<Branch> branches = new ArrayList<>();
    private boolean started;

    TokenSearch(PreparedRequest request, Lane prompt) {
        this.request = request;
        this.processors = request.processors(null);
        this.scores = new float[request.vocabularySize()];
        this.recordsLogProbabilities = request.config().outputScores();
        branches.add(new Branch(prompt, new TokenSequence(request.prompt()), request.chooser(0)));
    }

    @Override
    void enqueue(ForwardBatch batch) {
        if (!started) {
            branches.getFirst().lane.enqueuePrompt(batch);
            return;
        }
        for (int i = 0; i < branches.size(); i++) {
            Branch branch = branches.get(i);
            if (branch.finished == null) {
                branch.lane.enqueueLast(batch, branch.sequence);
            }
        }
    }

    @Override
    void advance(ForwardBatch batch) {
        if (!started) {
            started = true;
            branchOut();
        }
        for (int i = 0; i < branches.size(); i++) {
            Branch branch = branches.get(i);
            if (branch.finished == null) {
                advance(batch, i, branch);
            } else {
                branch.chooser.skip();
            }
        }
    }

    private void advance(ForwardBatch batch, int index, Branch branch) {
        TokenSequence sequence = branch.sequence;
        branch.lane.read(batch, scores);
        processors.process(sequence.ids(), sequence.length(), scores);
        int token = branch.chooser.choose(scores);
        sequence.add(token);
        float logProbability = Float.NaN;
        if (recordsLogProbabilities) {
            logProbability = branch.lane.logProbability(batch, 0, token, scores);
            sequence.addLogProbability(logProbability);
        }
        branch.finished = request.finish(sequence);
        request.listener().onToken(index, token, logProbability);
    }

    private void branchOut() {
        for (int i = 1; i < request.config().numReturnSequences(); i++) {
            branches.add(new Branch(
                    branches.getFirst().lane.fork(), new TokenSequence(request.prompt()), request.chooser(i)));
        }
    }

    @Override
    boolean started() {
        return started;
    }

    @Override
    boolean done() {
        for (int i = 0; i < branches.size(); i++) {
            if (branches.get(i).finished == null) {
                return false;
            }
        }
        return true;
    }

    @Override
    void stop(FinishReason reason) {
        for (Branch branch : branches) {
            if (branch.finished == null) {
                branch.finished = reason;
            }
        }
    }

    @Override
    List<GeneratedSequence> sequences() {
        List<GeneratedSequence> sequences = new ArrayList<>();
        for (Branch branch : branches) {
            FinishReason reason = branch.finished == null ? FinishReason.CANCELLED : branch.finished;
            sequences.add(branch.sequence.result(reason, Double.NaN));
        }
        return sequences;
    }

    @Override
    public void close() {
        for (Branch branch : branches) {
            branch.lane.close();
        }
    }

    /** One reply. */
    private static final class Branch {
        private final Lane lane;
        private final TokenSequence sequence;
        private final TokenChooser chooser;
        private @Nullable FinishReason finished;

        private Branch(Lane lane, TokenSequence sequence, TokenChooser chooser) {
            this.lane = lane;
            this.sequence = sequence;
            this.chooser = chooser;
        }
    }
}
