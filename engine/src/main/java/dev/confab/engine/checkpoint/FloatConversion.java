package dev.confab.engine.checkpoint;

import java.lang.foreign.MemorySegment;

/** Converts stored elements to {@code float}. Positions and strides are counted in elements. */
final class FloatConversion {
    private FloatConversion() {}

    static void read(
            DataType type, MemorySegment storage, long first, long stride, float[] destination, int offset, int count) {
        if (stride != 1) {
            readStrided(type, storage, first, stride, destination, offset, count);
            return;
        }
        long start = first * type.byteSize();
        switch (type) {
            case F32 -> MemorySegment.copy(storage, LittleEndian.FLOAT, start, destination, offset, count);
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    destination[offset + i] = Float.float16ToFloat(storage.get(LittleEndian.SHORT, start + 2L * i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    destination[offset + i] = bfloat16ToFloat(storage.get(LittleEndian.SHORT, start + 2L * i));
                }
            }
            case I8 -> {
                for (int i = 0; i < count; i++) {
                    destination[offset + i] = storage.get(LittleEndian.BYTE, start + i);
                }
            }
            case F64, I64, I32, I16, U8, BOOL -> readStrided(type, storage, first, stride, destination, offset, count);
        }
    }

    /** The rare layouts and types, where fetching the memory takes longer than the switch. */
    private static void readStrided(
            DataType type, MemorySegment storage, long first, long stride, float[] destination, int offset, int count) {
        for (int i = 0; i < count; i++) {
            destination[offset + i] = element(type, storage, (first + i * stride) * type.byteSize());
        }
    }

    private static float element(DataType type, MemorySegment storage, long at) {
        return switch (type) {
            case F64 -> (float) storage.get(LittleEndian.DOUBLE, at);
            case F32 -> storage.get(LittleEndian.FLOAT, at);
            case F16 -> Float.float16ToFloat(storage.get(LittleEndian.SHORT, at));
            case BF16 -> bfloat16ToFloat(storage.get(LittleEndian.SHORT, at));
            case I64 -> storage.get(LittleEndian.LONG, at);
            case I32 -> storage.get(LittleEndian.INT, at);
            case I16 -> storage.get(LittleEndian.SHORT, at);
            case I8 -> storage.get(LittleEndian.BYTE, at);
            case U8 -> Byte.toUnsignedInt(storage.get(LittleEndian.BYTE, at));
            case BOOL -> storage.get(LittleEndian.BYTE, at) == 0 ? 0 : 1;
        };
    }

    private static float bfloat16ToFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
