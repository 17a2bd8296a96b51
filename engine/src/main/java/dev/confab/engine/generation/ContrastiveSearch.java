package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.LogitsProcessor;
import dev.confab.engine.generation.logits.Scores;
import dev.confab.engine.model.ForwardBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Contrastive search (Su et al. 2022, "A Contrastive Framework for Neural Text Generation"): of the {@code top_k} most
 * probable tokens the one with the greatest {@code (1 - alpha) * p - alpha * s}, where {@code s} is the greatest cosine
 * similarity of its hidden state to that of any earlier token.
 *
 * <p>The hidden states are those after the final layer norm, as in transformers. Each candidate is read on a fork of the
 * cache; all candidates of a step share one forward pass.
 */
final class ContrastiveSearch extends Search {
    /** Prompt tokens per forward pass; each of them has a row of logits beside the hidden state that is wanted. */
    private static final int PREFILL_CHUNK = 64;

    private final PreparedRequest request;
    private final LogitsProcessor processors;
    private final TokenSequence sequence;
    private final Candidates candidates;
    private final HiddenStates context;
    private final List<Lane> lanes = new ArrayList<>();
    private final float[] scores;
    private final float[] hidden;
    private float[] modelScores = new float[0];
    private final double alpha;
    private final Lane prompt;
    private Lane lane;
    private int chunk;
    private boolean started;
    private @Nullable FinishReason finished;

    ContrastiveSearch(PreparedRequest request, Lane prompt) {
        this.request = request;
        this.prompt = prompt;
        this.lane = prompt;
        this.processors = request.processors(null);
        this.sequence = new TokenSequence(request.prompt());
        this.candidates = new Candidates(Math.min(request.config().topK(), request.vocabularySize()));
        this.context = new HiddenStates(request.model().config().hiddenSize());
        this.scores = new float[request.vocabularySize()];
        this.hidden = new float[request.model().config().hiddenSize()];
        Double set = request.config().penaltyAlpha();
        this.alpha = set == null ? 0 : set;
    }

    @Override
    void enqueue(ForwardBatch batch) {
        int[] visible = request.visiblePrompt();
        int read = lane.cached();
        if (read < visible.length) {
            chunk = Math.min(PREFILL_CHUNK, visible.length - read);
            lane.enqueue(batch, visible, read, read + chunk, chunk);
            if (read + chunk == visible.length) {
                lane.enqueueNegativePrompt(batch);
            }
            return;
        }
        for (int i = 0; i < candidates.count(); i++) {
            Lane fork = lane.fork();
            lanes.add(fork);
            sequence.add(candidates.token(i));
            fork.enqueueLast(batch, sequence);
            sequence.truncate(sequence.length() - 1);
        }
    }

    @Override
    void advance(ForwardBatch batch) {
        if (lanes.isEmpty()) {
            for (int i = 0; i < chunk; i++) {
                lane.readHidden(batch, i, hidden);
                context.add(hidden);
            }
            if (lane.cached() == request.visiblePrompt().length) {
                lane.read(batch, chunk - 1, scores);
                propose();
            }
            return;
        }
        choose(batch);
    }

    private void choose(ForwardBatch batch) {
        int best = bestCandidate(batch);
        adopt(best);
        append(candidates.token(best));
        if (finished == null) {
            lane.readHidden(batch, 0, hidden);
            context.add(hidden);
            lane.read(batch, scores);
            propose();
        }
    }

    private void append(int token) {
        sequence.add(token);
        if (request.config().outputScores()) {
            sequence.addLogProbability((float) (modelScores[token] - Scores.logSumExp(modelScores)));
        }
        started = true;
        finished = request.finish(sequence);
        request.listener().onToken(0, token);
    }

    private int bestCandidate(ForwardBatch batch) {
        int best = 0;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates.count(); i++) {
            lanes.get(i).readHidden(batch, 0, hidden);
            double probability = Math.exp(candidates.score(i));
            double score = (1 - alpha) * probability - alpha * context.greatestSimilarity(hidden);
            if (score > bestScore) {
                bestScore = score;
                best = i;
            }
        }
        return best;
    }

    /** Goes on with one candidate's lane and closes the others. */
    private void adopt(int best) {
        Lane adopted = lanes.remove(best);
        lanes.forEach(Lane::close);
        lanes.clear();
        if (lane != prompt) {
            lane.close();
        }
        lane = adopted;
    }

    /** Ranks the continuations by their processed log-probabilities. */
    private void propose() {
        if (request.config().outputScores()) {
            modelScores = scores.clone();
        }
        processors.process(sequence.ids(), sequence.length(), scores);
        Scores.logSoftmax(scores);
        candidates.clear();
        candidates.offer(0, scores, 0);
        candidates.dropImpossible();
        if (lane.full()) {
            // No candidate can be read any more, and none needs to be: the most probable token is the last.
            append(candidates.token(0));
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
    }

    @Override
    List<GeneratedSequence> sequences() {
        return List.of(sequence.result(finished == null ? FinishReason.CANCELLED : finished, Double.NaN));
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
        lane.close();
        prompt.close();
    }

    /** The directions of the hidden states so far, {@code [tokens, hiddenSize]}. */
    private static final class HiddenStates {
        private final int size;
        private float[] directions;
        private int count;

        private HiddenStates(int size) {
            this.size = size;
            this.directions = new float[64 * size];
        }

        private void add(float[] hidden) {
            if ((count + 1) * size > directions.length) {
                directions = Arrays.copyOf(directions, 2 * directions.length);
            }
            double norm = norm(hidden);
            for (int i = 0; i < size; i++) {
                directions[count * size + i] = (float) (hidden[i] / norm);
            }
            count++;
        }

        private double greatestSimilarity(float[] hidden) {
            double greatest = Double.NEGATIVE_INFINITY;
            for (int token = 0; token < count; token++) {
                double product = 0;
                for (int i = 0; i < size; i++) {
                    product += directions[token * size + i] * (double) hidden[i];
                }
                greatest = Math.max(greatest, product);
            }
            return greatest / norm(hidden);
        }

        private static double norm(float[] hidden) {
            double squares = 0;
            for (float value : hidden) {
                squares += (double) value * value;
            }
            return Math.sqrt(squares);
        }
    }
}
