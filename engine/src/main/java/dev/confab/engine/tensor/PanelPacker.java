package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.WeightFormat.GROUP;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Converts weights to the {@linkplain PanelLayout panel layout}, and reads them back. */
final class PanelPacker {
    private final MatrixSource source;
    private final PackedShape shape;
    private final int width;
    private final MemorySegment weights;
    private final MemorySegment scales;

    private PanelPacker(
            MatrixSource source, PackedShape shape, int width, MemorySegment weights, MemorySegment scales) {
        this.source = source;
        this.shape = shape;
        this.width = width;
        this.weights = weights;
        this.scales = scales;
    }

    static PackedMatrix pack(
            MatrixSource source,
            WeightFormat format,
            int width,
            MemorySegment weights,
            MemorySegment scales,
            WorkerPool pool) {
        var shape = new PackedShape(source.outputs(), source.inputs(), format);
        var packer = new PanelPacker(source, shape, width, weights, scales);
        float[][] tiles = new float[pool.workers()][];
        pool.run(shape.paddedOutputs() / width, (from, to, worker) -> {
            if (tiles[worker] == null) {
                tiles[worker] = new float[shape.paddedInputs() * width];
            }
            for (int panel = from; panel < to; panel++) {
                packer.packPanel(panel, tiles[worker]);
            }
        });
        return new PackedMatrix(shape, weights, scales);
    }

    private void packPanel(int panel, float[] tile) {
        Arrays.fill(tile, 0f);
        int first = panel * width;
        int count = Math.min(width, shape.outputs() - first);
        if (count > 0) {
            source.reader().read(first, count, tile, width);
        }
        switch (shape.format()) {
            case F32 ->
                MemorySegment.copy(tile, 0, weights, ValueLayout.JAVA_FLOAT, 4L * panel * tile.length, tile.length);
            case BF16 -> packBf16(panel, tile);
            case Q8 -> packQ8(panel, tile);
            case Q4 -> packQ4(panel, tile);
        }
    }

    private void packBf16(int panel, float[] tile) {
        long base = 2L * panel * tile.length;
        int half = width / 2;
        for (int row = 0; row < tile.length; row += width) {
            for (int i = 0; i < half; i++) {
                int low = BFloat16.fromFloat(tile[row + i]) & 0xFFFF;
                int high = BFloat16.fromFloat(tile[row + half + i]) << 16;
                weights.set(ValueLayout.JAVA_INT, base + 2L * row + 4L * i, high | low);
            }
        }
    }

    private void packQ8(int panel, float[] tile) {
        long base = (long) panel * tile.length;
        byte[] bytes = new byte[GROUP * width];
        for (int g = 0; g < shape.paddedInputs(); g += GROUP) {
            for (int o = 0; o < width; o++) {
                float scale = ByteScale.of(largest(tile, g, o));
                float inverse = ByteScale.inverse(scale);
                for (int i = 0; i < GROUP; i++) {
                    bytes[i * width + o] = ByteScale.round(tile[(g + i) * width + o], inverse);
                }
                setScale(panel, g, o, scale);
            }
            MemorySegment.copy(bytes, 0, weights, ValueLayout.JAVA_BYTE, base + (long) g * width, bytes.length);
        }
    }

    private void packQ4(int panel, float[] tile) {
        long base = (long) panel * tile.length / 2;
        byte[] nibbles = new byte[GROUP * width];
        for (int g = 0; g < shape.paddedInputs(); g += GROUP) {
            for (int o = 0; o < width; o++) {
                float scale = NibbleScale.best(tile, g * width + o, width);
                float inverse = scale == 0 ? 0 : 1 / scale;
                for (int i = 0; i < GROUP; i++) {
                    nibbles[i * width + o] = (byte) (NibbleScale.round(tile[(g + i) * width + o] * inverse) + 8);
                }
                setScale(panel, g, o, scale);
            }
            packNibbles(nibbles, base + (long) g * width / 2);
        }
    }

    private void packNibbles(byte[] nibbles, long offset) {
        int quarter = width / 4;
        for (int i = 0; i < GROUP; i += 2) {
            for (int s = 0; s < width / 2; s++) {
                int a = i * width + (s & 1) * quarter + s / 2;
                int b = a + 2 * quarter;
                int packed = nibbles[a] | nibbles[b] << 4 | nibbles[a + width] << 8 | nibbles[b + width] << 12;
                weights.set(ValueLayout.JAVA_SHORT, offset + (long) i * width / 2 + 2L * s, (short) packed);
            }
        }
    }

    private float largest(float[] tile, int group, int output) {
        float largest = 0;
        for (int i = 0; i < GROUP; i++) {
            largest = Math.max(largest, Math.abs(tile[(group + i) * width + output]));
        }
        return largest;
    }

    private void setScale(int panel, int group, int output, float scale) {
        long index = ((long) panel * (shape.paddedInputs() / GROUP) + group / GROUP) * width + output;
        scales.setAtIndex(ValueLayout.JAVA_FLOAT, index, scale);
    }

    /** Reads all weights of an output back as the kernels see them. */
    static void row(PackedMatrix matrix, int width, int output, float[] destination, int offset) {
        PackedShape shape = matrix.shape();
        MemorySegment weights = matrix.weights();
        int panel = output / width;
        int o = output % width;
        long first = (long) panel * shape.paddedInputs();
        switch (shape.format()) {
            case F32 -> {
                for (int i = 0; i < shape.inputs(); i++) {
                    destination[offset + i] = weights.getAtIndex(ValueLayout.JAVA_FLOAT, (first + i) * width + o);
                }
            }
            case BF16 -> {
                int half = width / 2;
                int lane = 2 * (o % half) + o / half;
                for (int i = 0; i < shape.inputs(); i++) {
                    long index = (first + i) * width + lane;
                    destination[offset + i] = BFloat16.toFloat(weights.getAtIndex(ValueLayout.JAVA_SHORT, index));
                }
            }
            case Q8 -> {
                for (int i = 0; i < shape.inputs(); i++) {
                    float scale = scale(matrix, width, panel, o, i);
                    destination[offset + i] = weights.get(ValueLayout.JAVA_BYTE, (first + i) * width + o) * scale;
                }
            }
            case Q4 -> {
                int quarter = width / 4;
                int vector = o / quarter;
                int lane = 2 * (o % quarter) + (vector & 1);
                for (int i = 0; i < shape.inputs(); i++) {
                    long index = ((first + i) & ~1L) * width / 4 + lane;
                    int shift = 8 * (i & 1) + 4 * (vector >> 1);
                    int nibble = (weights.getAtIndex(ValueLayout.JAVA_SHORT, index) >>> shift) & 15;
                    destination[offset + i] = (nibble - 8) * scale(matrix, width, panel, o, i);
                }
            }
        }
    }

    private static float scale(PackedMatrix matrix, int width, int panel, int output, int input) {
        long group = (long) panel * (matrix.shape().paddedInputs() / GROUP) + input / GROUP;
        return matrix.scales().getAtIndex(ValueLayout.JAVA_FLOAT, group * width + output);
    }
}
