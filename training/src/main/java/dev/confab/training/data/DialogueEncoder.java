package dev.confab.training.data;

import dev.confab.engine.tokenizer.EncodeOptions;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes a dialogue as DialoGPT does: each turn's ids and then eos, with nothing between.
 *
 * <p>A dialogue that is longer than the context becomes several rows, cut between turns. Each row after the first begins
 * with what was said before, not learned again: as many whole turns as fit in the {@linkplain EncodingOptions#overlap()
 * overlap}, or the end of the last one if that is longer. Of a turn that does not fit in what is left the end is cut off,
 * its eos too, so that the model does not learn to stop in the middle of a sentence. Each turn is learned once.
 *
 * <p>Immutable; usable from any thread.
 */
final class DialogueEncoder {
    private final Tokenizer tokenizer;
    private final EncodeOptions encodeOptions;
    private final EncodingOptions options;
    private final int eos;

    DialogueEncoder(Tokenizer tokenizer, EncodingOptions options) {
        this.tokenizer = tokenizer;
        this.options = options;
        eos = tokenizer.eosTokenId();
        // A text that spells the eos token out must not end a turn.
        encodeOptions = tokenizer.encodeOptions().withSplitSpecialTokens(true);
    }

    /** The rows of a dialogue; those in which there is nothing to learn are left out. */
    List<EncodedExample> encode(Dialogue dialogue) {
        List<Turn> turns = options.reverse() ? dialogue.turns().reversed() : dialogue.turns();
        var ids = new ArrayList<int[]>(turns.size());
        float[] weights = new float[turns.size()];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = weight(turns.get(t), t);
            ids.add(closed(tokenizer.encode(turns.get(t).text(), encodeOptions)));
        }
        return cut(ids, weights);
    }

    private float weight(Turn turn, int position) {
        boolean learned = switch (options.lossOn()) {
            case ALL_TURNS -> true;
            case REPLIES -> position > 0;
            case BOT_TURNS -> turn.fromBot() != options.reverse();
        };
        return learned ? turn.weight() : 0;
    }

    private List<EncodedExample> cut(List<int[]> turns, float[] weights) {
        var rows = new ArrayList<EncodedExample>();
        for (int first = 0; first < weights.length; ) {
            var row = new Row(options.context());
            addContext(row, turns, first);
            row.add(turns.get(first), weights[first]);
            int next = first + 1;
            while (next < weights.length && turns.get(next).length <= row.room()) {
                row.add(turns.get(next), weights[next++]);
            }
            row.finish(rows);
            first = next;
        }
        return rows;
    }

    /** What comes before the first turn of a row, within the overlap. */
    private void addContext(Row row, List<int[]> turns, int first) {
        if (first == 0) {
            return;
        }
        int room = options.overlap();
        int[] last = turns.get(first - 1);
        if (last.length > room) {
            row.add(Arrays.copyOfRange(last, last.length - room, last.length), 0);
            return;
        }
        int start = first;
        while (start > 0 && turns.get(start - 1).length <= room) {
            room -= turns.get(--start).length;
        }
        for (int t = start; t < first; t++) {
            row.add(turns.get(t), 0);
        }
    }

    private int[] closed(int[] ids) {
        int[] turn = Arrays.copyOf(ids, ids.length + 1);
        turn[ids.length] = eos;
        return turn;
    }

    /** A row that is being filled. */
    private static final class Row {
        private final int[] ids;
        private final float[] weights;
        private int length;
        private int learnedLength;

        Row(int context) {
            ids = new int[context];
            weights = new float[context];
        }

        int room() {
            return ids.length - length;
        }

        /** Adds a turn, or as much of its beginning as there is room for. */
        void add(int[] turn, float weight) {
            int count = Math.min(turn.length, room());
            System.arraycopy(turn, 0, ids, length, count);
            Arrays.fill(weights, length, length + count, weight);
            length += count;
            if (weight > 0) {
                learnedLength = length;
            }
        }

        /** Gives the row out, without the turns at its end from which nothing is learned. */
        void finish(List<EncodedExample> rows) {
            weights[0] = 0;
            if (learnedLength > 1) {
                rows.add(new EncodedExample(Arrays.copyOf(ids, learnedLength), Arrays.copyOf(weights, learnedLength)));
            }
        }
    }
}
