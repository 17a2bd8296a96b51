package dev.confab.engine.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles by hand, such as no Python would. */
final class PickleBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    PickleBytes op(int... opcodes) {
        for (int opcode : opcodes) {
            bytes.write(opcode);
        }
        return this;
    }

    PickleBytes repeat(int times, int... opcodes) {
        for (int i = 0; i < times; i++) {
            op(opcodes);
        }
        return this;
    }

    PickleBytes text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        op(Opcode.BINUNICODE).int32(utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    PickleBytes number(int number) {
        return op(Opcode.BININT).int32(number);
    }

    /** A 64-bit number, as LONG1. */
    PickleBytes number(long number) {
        op(Opcode.LONG1, Long.BYTES);
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array());
        return this;
    }

    PickleBytes int32(int number) {
        return op(number & 0xFF, number >>> 8 & 0xFF, number >>> 16 & 0xFF, number >>> 24);
    }

    PickleBytes global(String module, String name) {
        return global(Opcode.GLOBAL, module, name);
    }

    /** GLOBAL or INST, which are followed by two lines. */
    PickleBytes global(int opcode, String module, String name) {
        op(opcode);
        bytes.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** The persistent id of a storage of the zip format. */
    PickleBytes storage(String storageClass, String key, long count) {
        return op(Opcode.MARK)
                .text("storage")
                .global("torch", storageClass)
                .text(key)
                .text("cpu")
                .number(count)
                .op(Opcode.TUPLE, Opcode.BINPERSID);
    }

    /** A tensor of one dimension on the storage "0" of {@code storageCount} floats. */
    PickleBytes tensor(long storageCount, long offset, long size, long stride) {
        return global("torch._utils", "_rebuild_tensor_v2")
                .op(Opcode.MARK)
                .storage("FloatStorage", "0", storageCount)
                .number(offset)
                .number(size)
                .op(Opcode.TUPLE1)
                .number(stride)
                .op(Opcode.TUPLE1, Opcode.NEWFALSE)
                .global("collections", "OrderedDict")
                .op(Opcode.EMPTY_TUPLE, Opcode.REDUCE, Opcode.TUPLE, Opcode.REDUCE);
    }

    byte[] stop() {
        return op(Opcode.STOP).toByteArray();
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
