package dev.confab.engine.model;

import static dev.confab.engine.checkpoint.EightBitScheme.GROUP;

import dev.confab.engine.checkpoint.EightBitScheme;
import dev.confab.engine.checkpoint.TensorReader;
import dev.confab.engine.tensor.ByteScale;
import java.util.Arrays;
import java.util.List;

/**
 * Rounds a matrix to the integers and scales of the {@link EightBitScheme}, band by band as they are read: a band is a row
 * with its groups, or the rows that the groups of all columns take. For one thread.
 */
final class EightBitMatrix {
    private final TensorReader source;
    private final int rows;
    private final int columns;
    private final boolean down;
    private final float[] integers;
    private final float[] scales;
    private int band = -1;

    /**
     * A matrix to be rounded.
     *
     * @param source its weights, read from the first to the last, twice
     * @param down whether the inputs of an output, which share scales, stand in a column
     */
    EightBitMatrix(TensorReader source, List<Integer> shape, boolean down) {
        this.source = source;
        this.down = down;
        rows = shape.get(0);
        columns = shape.get(1);
        integers = new float[Math.multiplyExact(bandRows(), columns)];
        scales = new float[down ? columns : EightBitScheme.groups(columns)];
    }

    private int bandRows() {
        return down ? Math.min(rows, GROUP) : 1;
    }

    /** The shape of the scales. */
    List<Integer> scalesShape() {
        return down ? List.of(EightBitScheme.groups(rows), columns) : List.of(rows, scales.length);
    }

    /** Reads the integers. */
    void readIntegers(long start, float[] destination, int offset, int count) {
        read(integers, start, destination, offset, count);
    }

    /** Reads the scales. */
    void readScales(long start, float[] destination, int offset, int count) {
        read(scales, start, destination, offset, count);
    }

    private void read(float[] ofBand, long start, float[] destination, int offset, int count) {
        for (int done = 0; done < count; ) {
            long position = start + done;
            makeBand((int) (position / ofBand.length));
            int from = (int) (position % ofBand.length);
            int run = Math.min(count - done, ofBand.length - from);
            System.arraycopy(ofBand, from, destination, offset + done, run);
            done += run;
        }
    }

    private void makeBand(int wanted) {
        if (band == wanted) {
            return;
        }
        band = wanted;
        int first = band * bandRows();
        int size = Math.min(bandRows(), rows - first) * columns;
        source.readFloats((long) first * columns, integers, 0, size);
        Arrays.fill(scales, 0f);
        for (int i = 0; i < size; i++) {
            int group = group(i);
            scales[group] = Math.max(scales[group], Math.abs(integers[i]));
        }
        for (int group = 0; group < scales.length; group++) {
            scales[group] = ByteScale.of(scales[group]);
        }
        for (int i = 0; i < size; i++) {
            integers[i] = ByteScale.round(integers[i], ByteScale.inverse(scales[group(i)]));
        }
    }

    private int group(int i) {
        return down ? i % columns : i / GROUP;
    }
}
