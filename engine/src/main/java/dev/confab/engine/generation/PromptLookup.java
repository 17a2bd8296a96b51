package dev.confab.engine.generation;

/**
 * Proposes what followed the last tokens when they occurred before; transformers' {@code PromptLookupCandidateGenerator}.
 *
 * <p>The longest n-gram at the end of the text that occurs earlier counts, at its first occurrence. What follows an
 * end-of-sequence token is not proposed. Costs no forward pass, and helps where replies quote the prompt.
 */
final class PromptLookup implements Drafter {
    private final int limit;
    private final int maxNgramSize;
    private final int[] eosTokenIds;

    PromptLookup(int limit, int maxNgramSize, int[] eosTokenIds) {
        this.limit = limit;
        this.maxNgramSize = maxNgramSize;
        this.eosTokenIds = eosTokenIds;
    }

    @Override
    public int limit() {
        return limit;
    }

    @Override
    public int propose(TokenSequence sequence, DraftedChoice chooser, int[] proposals, int most) {
        int[] ids = sequence.ids();
        int length = sequence.length();
        for (int size = Math.min(maxNgramSize, length - 1); size > 0; size--) {
            for (int start = 0; start + size < length; start++) {
                if (Tokens.equal(ids, start, length - size, size)) {
                    return copy(ids, start + size, Math.min(length, start + size + most), proposals);
                }
            }
        }
        return 0;
    }

    private int copy(int[] ids, int from, int to, int[] proposals) {
        int count = 0;
        for (int i = from; i < to && !Tokens.contains(eosTokenIds, ids[i]); i++) {
            proposals[count++] = ids[i];
        }
        return count;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
