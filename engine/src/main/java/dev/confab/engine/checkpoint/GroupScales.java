package dev.confab.engine.checkpoint;

import static dev.confab.engine.checkpoint.EightBitScheme.GROUP;

import java.util.List;

/**
 * The scales of a matrix of the {@link EightBitScheme}.
 *
 * @param scales one for each group
 * @param columns of the matrix
 * @param down whether groups run down the columns, and not along the rows
 */
record GroupScales(StoredTensor scales, long columns, boolean down) {
    /** Checks that scales fit their matrix. */
    static GroupScales of(MappedFile file, StoredTensor matrix, StoredTensor scales) {
        if (matrix.shape().size() != 2) {
            throw file.fault("tensor '" + matrix + "' has " + matrix.shape().size()
                    + " dimensions; only matrices can be of 8-bit weights");
        }
        if (scales.dataType() != DataType.F32 && scales.dataType() != DataType.F16) {
            throw file.fault("tensor '" + scales + "': expected F32 or F16");
        }
        long rows = matrix.shape().get(0);
        long columns = matrix.shape().get(1);
        List<Long> along = List.of(rows, Math.ceilDiv(columns, GROUP));
        List<Long> down = List.of(Math.ceilDiv(rows, GROUP), columns);
        if (!scales.shape().equals(along) && !scales.shape().equals(down)) {
            throw file.fault("tensor '" + scales + "': expected " + down + " or " + along + " for the weights "
                    + matrix.shape() + ", one for each " + GROUP);
        }
        return new GroupScales(scales, columns, scales.shape().equals(down));
    }

    /** Multiplies elements that were just read with their scales. */
    void apply(long start, float[] elements, int offset, int count) {
        for (int done = 0; done < count; ) {
            long row = (start + done) / columns;
            long column = (start + done) % columns;
            int run = (int) Math.min(count - done, columns - column);
            applyInRow(row, column, elements, offset + done, run);
            done += run;
        }
    }

    private void applyInRow(long row, long column, float[] elements, int offset, int count) {
        long firstGroup = column / GROUP;
        long first = down ? row / GROUP * columns + column : row * Math.ceilDiv(columns, GROUP) + firstGroup;
        float[] needed = new float[down ? count : (int) ((column + count - 1) / GROUP - firstGroup) + 1];
        scales.readFloats(first, needed, 0, needed.length);
        for (int i = 0; i < count; i++) {
            elements[offset + i] *= needed[down ? i : (int) ((column + i) / GROUP - firstGroup)];
        }
    }
}
