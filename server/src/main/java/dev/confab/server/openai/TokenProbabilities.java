package dev.confab.server.openai;

import dev.confab.engine.generation.logits.LogitsProcessor;
import dev.confab.engine.generation.logits.Scores;
import java.util.ArrayDeque;

/**
 * The likeliest tokens of each step, noted by the thread that computes as the first rule on the scores, and taken by the
 * thread that listens. The scores of a step are seen in the order in which its tokens are told, so the two need no names.
 */
final class TokenProbabilities implements LogitsProcessor {
    /** The likeliest tokens of a step, the likeliest first. Immutable. */
    static final class Top {
        private final int[] tokens;
        private final float[] logProbabilities;

        private Top(int[] tokens, float[] logProbabilities) {
            this.tokens = tokens;
            this.logProbabilities = logProbabilities;
        }

        int count() {
            return tokens.length;
        }

        int token(int rank) {
            return tokens[rank];
        }

        float logProbability(int rank) {
            return logProbabilities[rank];
        }
    }

    private final int count;
    private final ArrayDeque<Top> steps = new ArrayDeque<>();

    TokenProbabilities(int count) {
        this.count = count;
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        Top top = of(scores, count);
        synchronized (steps) {
            steps.add(top);
        }
    }

    /** Those of the step whose token has been told. */
    Top next() {
        synchronized (steps) {
            return steps.remove();
        }
    }

    /** The likeliest tokens of some scores. */
    static Top of(float[] scores, int count) {
        int[] tokens = new int[count];
        float[] best = new float[count];
        int found = 0;
        for (int token = 0; token < scores.length; token++) {
            if (found < count || (count > 0 && scores[token] > best[count - 1])) {
                int at = found < count ? found++ : count - 1;
                while (at > 0 && best[at - 1] < scores[token]) {
                    best[at] = best[at - 1];
                    tokens[at] = tokens[at - 1];
                    at--;
                }
                best[at] = scores[token];
                tokens[at] = token;
            }
        }
        double sum = Scores.logSumExp(scores);
        for (int i = 0; i < count; i++) {
            best[i] = (float) (best[i] - sum);
        }
        return new Top(tokens, best);
    }
}
