package dev.confab.engine.generation.logits;

import java.util.List;

/**
 * Adds a bias to the last token of a sequence when the text so far ends with the rest of it; transformers'
 * {@code SequenceBiasLogitsProcessor}.
 *
 * <p>Sequences of one token always apply, longer ones only when they are not longer than the text so far. The biases of
 * several matching sequences add up.
 */
public final class SequenceBias implements LogitsProcessor {
    private final int[][] sequences;
    private final float[] biases;

    /**
     * Sequences and what to add to their last token.
     *
     * @param biases none of them with an empty sequence
     */
    public SequenceBias(List<Biased> biases) {
        this.sequences = new int[biases.size()][];
        this.biases = new float[biases.size()];
        for (int i = 0; i < sequences.length; i++) {
            this.sequences[i] =
                    biases.get(i).tokens().stream().mapToInt(Integer::intValue).toArray();
            this.biases[i] = (float) biases.get(i).bias();
        }
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        for (int i = 0; i < sequences.length; i++) {
            int[] sequence = sequences[i];
            if (endsWithPrefixOf(sequence, ids, length)) {
                scores[sequence[sequence.length - 1]] += biases[i];
            }
        }
    }

    private static boolean endsWithPrefixOf(int[] sequence, int[] ids, int length) {
        int prefix = sequence.length - 1;
        if (prefix == 0) {
            return true;
        }
        if (sequence.length > length) {
            return false;
        }
        for (int i = 0; i < prefix; i++) {
            if (ids[length - prefix + i] != sequence[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * A sequence of tokens and what is added to the score of its last one.
     *
     * @param tokens at least one
     * @param bias positive to favour the sequence, negative to avoid it, minus infinity to forbid it
     */
    public record Biased(List<Integer> tokens, double bias) {
        /** Copies the tokens. */
        public Biased {
            tokens = List.copyOf(tokens);
        }
    }
}
