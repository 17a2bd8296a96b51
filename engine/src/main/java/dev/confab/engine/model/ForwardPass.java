package dev.confab.engine.model;

import dev.confab.engine.tensor.Activation;
import dev.confab.engine.tensor.AttentionBatch;
import dev.confab.engine.tensor.KeyValueLayout;
import dev.confab.engine.tensor.Matrix;
import dev.confab.engine.tensor.Operations;
import dev.confab.engine.tensor.Operations.Into;
import java.lang.foreign.MemorySegment;

/**
 * GPT-2's forward pass: embeddings, blocks of attention and feed-forward layers on a residual stream, a final layer
 * norm and the output layer. Follows transformers' {@code GPT2LMHeadModel}; the golden tests pin it.
 *
 * <p>A long prompt is read in passes of at most {@value #ROWS} tokens, which bounds the scratch memory. Holds that
 * memory: one thread at a time.
 */
final class ForwardPass {
    private static final int ROWS = 256;

    private final Gpt2Config config;
    private final Gpt2Weights weights;
    private final KeyValueLayout layout;
    private final Operations operations;
    private final PassSegments segments = new PassSegments();

    /** The residual stream {@code [rows, hidden]}. */
    private final Matrix x;
    /** Its normalised copy {@code [rows, hidden]}. */
    private final Matrix normed;
    /** {@code [rows, 3 * hidden]}. */
    private final Matrix qkv;
    /** {@code [rows, hidden]}. */
    private final Matrix attended;
    /** {@code [rows, inner]}. */
    private final Matrix inner;

    ForwardPass(Gpt2Config config, Gpt2Weights weights, KeyValueLayout layout, Operations operations) {
        this.config = config;
        this.weights = weights;
        this.layout = layout;
        this.operations = operations;
        int hidden = config.hiddenSize();
        x = Matrix.zeros(ROWS, hidden);
        normed = Matrix.zeros(ROWS, hidden);
        qkv = Matrix.zeros(ROWS, 3 * hidden);
        attended = Matrix.zeros(ROWS, hidden);
        inner = Matrix.zeros(ROWS, config.innerSize());
    }

    /** Reads a batch: stores keys and values in its caches and leaves its results in it. */
    void run(ForwardBatch batch) {
        batch.reserve(config);
        segments.begin(batch);
        int outputs = 0;
        while (segments.next(ROWS)) {
            outputs = readPass(batch, outputs);
        }
        if (outputs > 0) {
            operations.multiply(
                    weights.head(), null, batch.hidden(), batch.logits(), outputs, Into.REPLACE, Activation.IDENTITY);
        }
    }

    /** Reads the rows of one pass, and returns how many results there are after it. */
    private int readPass(ForwardBatch batch, int outputs) {
        int rows = segments.rowCount();
        for (int r = 0; r < rows; r++) {
            embed(segments.token(r), segments.position(r), x.offset(r));
        }
        record(batch, 0, outputs);
        for (int layer = 0; layer < config.layers(); layer++) {
            block(weights.layers().get(layer), layer, rows);
            if (layer + 1 < config.layers()) {
                record(batch, layer + 1, outputs);
            }
        }
        segments.advance();
        return collectOutputs(batch, outputs);
    }

    private void embed(int token, int position, int offset) {
        int hidden = config.hiddenSize();
        operations.unpackRow(weights.tokenEmbedding(), token, x.data(), offset);
        for (int i = 0; i < hidden; i++) {
            x.data()[offset + i] += weights.positionEmbedding()[position * hidden + i];
        }
    }

    private void block(LayerWeights w, int layer, int rows) {
        float epsilon = config.layerNormEpsilon();

        operations.layerNorm(x, w.norm1Gain(), w.norm1Bias(), epsilon, normed, rows);
        operations.multiply(w.qkv(), w.qkvBias(), normed, qkv, rows, Into.REPLACE, Activation.IDENTITY);
        operations.attend(qkv, segments, layout, layer, config.queryScale(layer), attended);
        operations.multiply(w.projection(), w.projectionBias(), attended, x, rows, Into.ADD, Activation.IDENTITY);

        operations.layerNorm(x, w.norm2Gain(), w.norm2Bias(), epsilon, normed, rows);
        operations.multiply(w.expand(), w.expandBias(), normed, inner, rows, Into.REPLACE, config.activation());
        operations.multiply(w.contract(), w.contractBias(), inner, x, rows, Into.ADD, Activation.IDENTITY);
    }

    /** Normalises the wanted rows into the batch's results, behind the {@code outputs} that are there. */
    private int collectOutputs(ForwardBatch batch, int outputs) {
        int wanted = 0;
        for (int r = 0; r < segments.rowCount(); r++) {
            if (segments.isOutput(r)) {
                System.arraycopy(x.data(), x.offset(r), normed.data(), normed.offset(wanted), config.hiddenSize());
                wanted++;
            }
        }
        operations.layerNorm(normed, weights.normGain(), weights.normBias(), config.layerNormEpsilon(), normed, wanted);
        for (int i = 0; i < wanted; i++) {
            int row = outputs + i;
            Matrix hidden = batch.hidden();
            System.arraycopy(normed.data(), normed.offset(i), hidden.data(), hidden.offset(row), config.hiddenSize());
            if (batch.recordsHiddenStates()) {
                hidden.copyRow(row, batch.hiddenState(config.layers(), row));
            }
        }
        return outputs + wanted;
    }

    private void record(ForwardBatch batch, int layer, int outputs) {
        if (batch.recordsHiddenStates()) {
            int row = outputs;
            for (int r = 0; r < segments.rowCount(); r++) {
                if (segments.isOutput(r)) {
                    x.copyRow(r, batch.hiddenState(layer, row++));
                }
            }
        }
    }

    /** The part of a batch that one pass reads: whole segments as far as they fit, and parts of long ones. */
    private static final class PassSegments implements AttentionBatch {
        private ForwardBatch batch = new ForwardBatch();
        /** The batch's segment of each of this pass's. */
        private int[] source = new int[4];

        private int[] firstRow = new int[4];
        private int[] rows = new int[4];
        private int count;
        private int rowCount;
        /** Where the next pass goes on. */
        private int nextSegment;

        private int nextToken;
        /** For each row: index of its token in the batch, its position, whether its result is wanted. */
        private final int[] token = new int[ROWS];

        private final int[] position = new int[ROWS];
        private final boolean[] output = new boolean[ROWS];

        void begin(ForwardBatch batch) {
            this.batch = batch;
            nextSegment = 0;
            nextToken = 0;
        }

        /** Takes up to {@code limit} rows; false if nothing is left. */
        boolean next(int limit) {
            count = 0;
            rowCount = 0;
            while (nextSegment < batch.segmentCount() && rowCount < limit) {
                ForwardBatch.Segment segment = batch.segment(nextSegment);
                int taken = Math.min(limit - rowCount, segment.tokens - nextToken);
                take(segment, taken);
                nextToken += taken;
                if (nextToken == segment.tokens) {
                    nextSegment++;
                    nextToken = 0;
                }
            }
            return rowCount > 0;
        }

        private void take(ForwardBatch.Segment segment, int taken) {
            if (count == source.length) {
                source = java.util.Arrays.copyOf(source, 2 * count);
                firstRow = java.util.Arrays.copyOf(firstRow, 2 * count);
                rows = java.util.Arrays.copyOf(rows, 2 * count);
            }
            segment.cache.reserve(taken);
            source[count] = nextSegment;
            firstRow[count] = rowCount;
            rows[count] = taken;
            count++;
            for (int i = 0; i < taken; i++) {
                token[rowCount] = segment.firstToken + nextToken + i;
                position[rowCount] = segment.cache.length() + i;
                output[rowCount] = nextToken + i >= segment.tokens - segment.outputs;
                rowCount++;
            }
        }

        void advance() {
            for (int i = 0; i < count; i++) {
                batch.segment(source[i]).cache.advance(rows[i]);
            }
        }

        int rowCount() {
            return rowCount;
        }

        int token(int row) {
            return batch.token(token[row]);
        }

        int position(int row) {
            return position[row];
        }

        boolean isOutput(int row) {
            return output[row];
        }

        @Override
        public int segments() {
            return count;
        }

        @Override
        public int firstRow(int segment) {
            return firstRow[segment];
        }

        @Override
        public int rows(int segment) {
            return rows[segment];
        }

        @Override
        public int start(int segment) {
            return position[firstRow[segment]];
        }

        @Override
        public MemorySegment block(int segment, int block) {
            return batch.segment(source[segment]).cache.block(block);
        }
    }
}
