package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.KeyValueLayout.POSITIONS;
import static dev.confab.engine.tensor.TestKernels.matrix;
import static dev.confab.engine.tensor.TestKernels.random;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Causal attention of several sequences at once against plain loops in doubles. */
@Tag("vector-widths")
final class AttentionTest {
    private static final int HEADS = 2;
    private static final int LAYERS = 2;
    private static final int LAYER = 1;
    private static final float SCALE = 0.7f;
    /** Sequences as {first new position, length}: over the borders of blocks, and one to nine new tokens. */
    private static final int[][] SEQUENCES = {
        {0, 31}, {31, 33}, {32, 33}, {0, 32}, {27, 36}, {63, 64}, {64, 65}, {95, 100}, {0, 1}
    };

    static Stream<Arguments> setsAndFormats() {
        return TestKernels.sets().stream()
                .flatMap(set -> Arrays.stream(KeyValueFormat.values()).map(format -> Arguments.of(set, format)));
    }

    @ParameterizedTest
    @MethodSource("setsAndFormats")
    void attentionEqualsPlainLoopsForEveryHeadSize(Kernels kernels, KeyValueFormat format) {
        try (var pool = new WorkerPool(2);
                var memory = Arena.ofShared()) {
            Operations operations = kernels.operations(pool, 100);
            for (int headSize : new int[] {1, 8, 12, 24, 64, 80}) {
                var layout = new KeyValueLayout(LAYERS, HEADS, headSize, format);
                var sequences = new ArrayList<Sequence>();
                for (int[] sequence : SEQUENCES) {
                    sequences.add(new Sequence(sequence[0], sequence[1], layout, memory));
                }
                attend(operations, layout, sequences, true);
                Matrix out = attend(operations, layout, sequences, false);
                int row = 0;
                for (Sequence sequence : sequences) {
                    for (int position = sequence.start; position < sequence.length; position++, row++) {
                        check(sequence, layout, position, out, row);
                    }
                }
            }
        }
    }

    /** Attends to the earlier part of all sequences, which fills their caches, or to their new tokens. */
    private static Matrix attend(
            Operations operations, KeyValueLayout layout, List<Sequence> sequences, boolean earlier) {
        var rows = new ArrayList<float[]>();
        var segments = new ArrayList<Segment>();
        for (Sequence sequence : sequences) {
            int from = earlier ? 0 : sequence.start;
            int to = earlier ? sequence.start : sequence.length;
            if (from < to) {
                segments.add(new Segment(sequence, rows.size(), to - from, from));
                rows.addAll(Arrays.asList(sequence.qkv).subList(from, to));
            }
        }
        Matrix out = Matrix.zeros(rows.size(), HEADS * layout.headSize());
        operations.attend(matrix(rows.toArray(float[][]::new)), new Batch(segments), layout, LAYER, SCALE, out);
        return out;
    }

    private static void check(Sequence sequence, KeyValueLayout layout, int position, Matrix out, int row) {
        int size = layout.headSize();
        for (int head = 0; head < HEADS; head++) {
            double[] weights = probabilities(sequence, layout, head, position);
            for (int d = 0; d < size; d++) {
                double expected = 0;
                for (int p = 0; p <= position; p++) {
                    expected += weights[p] * stored(layout, sequence.qkv[p][(2 * HEADS + head) * size + d]);
                }
                float actual = out.data()[out.offset(row) + head * size + d];
                // Values are at most 1, and so is their weighted mean: 2e-6 is some thirty times a float's resolution.
                if (!(Math.abs(actual - expected) <= 2e-6)) {
                    throw new AssertionError(layout + ", start " + sequence.start + ", position " + position + ", head "
                            + head + ", dimension " + d + ": " + actual + ", expected " + expected);
                }
            }
        }
        assertThat(Arrays.copyOfRange(out.data(), out.offset(row) + HEADS * size, out.offset(row + 1)))
                .satisfies(padding -> {
                    for (float p : padding) {
                        assertThat(p).isZero();
                    }
                });
    }

    private static double[] probabilities(Sequence sequence, KeyValueLayout layout, int head, int position) {
        int size = layout.headSize();
        var weights = new double[position + 1];
        double sum = 0;
        for (int p = 0; p <= position; p++) {
            double score = 0;
            for (int d = 0; d < size; d++) {
                float query = sequence.qkv[position][head * size + d] * SCALE;
                score += (double) query * stored(layout, sequence.qkv[p][(HEADS + head) * size + d]);
            }
            weights[p] = Math.exp(score);
            sum += weights[p];
        }
        for (int p = 0; p <= position; p++) {
            weights[p] /= sum;
        }
        return weights;
    }

    /** A key's or value's number as the cache keeps it. */
    private static float stored(KeyValueLayout layout, float value) {
        return layout.format() == KeyValueFormat.F32 ? value : BFloat16.toFloat(BFloat16.fromFloat(value));
    }

    /** A sequence's queries, keys and values, and the memory that its keys and values go to. */
    private static final class Sequence {
        final int start;
        final int length;
        final float[][] qkv;
        final MemorySegment[] blocks;

        Sequence(int start, int length, KeyValueLayout layout, Arena memory) {
            this.start = start;
            this.length = length;
            qkv = random(length, 3 * HEADS * layout.headSize(), 100L * start + length);
            blocks = new MemorySegment[(length + POSITIONS - 1) / POSITIONS];
            for (int b = 0; b < blocks.length; b++) {
                blocks[b] = memory.allocate(layout.blockBytes(), 64);
                fillWithLeftovers(blocks[b], layout);
            }
        }

        /** A block that was used before holds any finite numbers. */
        private static void fillWithLeftovers(MemorySegment block, KeyValueLayout layout) {
            short large = BFloat16.fromFloat(1e30f);
            for (long at = 0; at < layout.blockBytes(); at += 2) {
                block.set(ValueLayout.JAVA_SHORT, at, large);
            }
        }
    }

    private record Segment(Sequence sequence, int firstRow, int rows, int start) {}

    private record Batch(List<Segment> all) implements AttentionBatch {
        @Override
        public int segments() {
            return all.size();
        }

        @Override
        public int firstRow(int segment) {
            return all.get(segment).firstRow();
        }

        @Override
        public int rows(int segment) {
            return all.get(segment).rows();
        }

        @Override
        public int start(int segment) {
            return all.get(segment).start();
        }

        @Override
        public MemorySegment block(int segment, int block) {
            return all.get(segment).sequence().blocks[block];
        }
    }
}
