package dev.confab.evaluation;

import dev.confab.engine.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tokens that a model reads at once. */
final class TokenRow {
    private final int[] tokens;
    private final int firstScored;

    /**
     * A row.
     *
     * @param tokens all tokens, at most as many as the model has positions; not copied
     * @param firstScored the first token that counts, at least 1; those before are only seen
     */
    TokenRow(int[] tokens, int firstScored) {
        this.tokens = tokens;
        this.firstScored = firstScored;
    }

    /** All tokens. */
    int[] tokens() {
        return tokens;
    }

    /** The first token that counts. */
    int firstScored() {
        return firstScored;
    }

    /**
     * Cuts a dialogue into rows that fit. A row ends where the next turn would not fit; the next row shows the model the
     * turn before again where both fit. Of a turn that does not fit by itself the end is left out.
     *
     * @param turns each with its end-of-text token, at least one
     * @param firstScored the first token of the dialogue that counts
     * @param longest the model's positions
     */
    static List<TokenRow> cut(List<int[]> turns, int firstScored, int longest) {
        List<TokenRow> rows = new ArrayList<>();
        List<int[]> row = new ArrayList<>();
        int length = 0;
        int seen = 0;
        int begin = 0;
        for (int[] turn : turns) {
            if (length > 0 && length + turn.length > longest) {
                addRow(rows, row, Math.max(firstScored, seen) - begin, longest);
                seen = begin + length;
                int[] last = row.getLast();
                row.clear();
                length = 0;
                if (last.length + turn.length <= longest) {
                    row.add(last);
                    length = last.length;
                }
                begin = seen - length;
            }
            row.add(turn);
            length += turn.length;
        }
        addRow(rows, row, Math.max(firstScored, seen) - begin, longest);
        return rows;
    }

    private static void addRow(List<TokenRow> rows, List<int[]> turns, int firstScored, int longest) {
        int[] tokens = Tokens.concat(turns.toArray(int[][]::new));
        if (tokens.length > longest) {
            tokens = Arrays.copyOf(tokens, longest);
        }
        int first = Math.max(1, firstScored);
        if (first < tokens.length) {
            rows.add(new TokenRow(tokens, first));
        }
    }
}
