package dev.confab.engine.generation.logits;

import java.util.ArrayList;
import java.util.List;

/**
 * Forbids token sequences; transformers' {@code NoBadWordsLogitsProcessor}: a sequence bias of minus infinity, where a
 * sequence that is just an end-of-sequence token does not count.
 */
public final class BadWords implements LogitsProcessor {
    private final SequenceBias bias;

    /**
     * Forbidden sequences.
     *
     * @param sequences each of at least one token
     * @param eosTokenIds the end-of-sequence tokens, perhaps none
     */
    public BadWords(List<List<Integer>> sequences, int[] eosTokenIds) {
        List<SequenceBias.Biased> biases = new ArrayList<>();
        for (List<Integer> sequence : sequences) {
            if (sequence.size() > 1 || !contains(eosTokenIds, sequence.getFirst())) {
                biases.add(new SequenceBias.Biased(sequence, Double.NEGATIVE_INFINITY));
            }
        }
        this.bias = new SequenceBias(biases);
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        bias.process(ids, length, scores);
    }

    private static boolean contains(int[] ids, int id) {
        for (int candidate : ids) {
            if (candidate == id) {
                return true;
            }
        }
        return false;
    }
}
