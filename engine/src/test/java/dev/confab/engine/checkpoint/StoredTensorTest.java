package dev.confab.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.Fixtures;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StoredTensorTest {
    @Test
    void anyRangeOfAnyLayoutIsWhatALoopOverTheIndicesGives() {
        var random = new Random(7);
        int ranges = 0;
        for (int round = 0; round < 300; round++) {
            int rank = random.nextInt(5);
            Long[] shape = new Long[rank];
            Long[] strides = new Long[rank];
            for (int d = 0; d < rank; d++) {
                shape[d] = 1L + random.nextInt(4);
                strides[d] = (long) random.nextInt(7);
            }
            int offset = random.nextInt(5);
            var layout = StridedLayout.of(offset, List.of(shape), List.of(strides));
            float[] storage = new float[(int) layout.requiredElements()];
            for (int i = 0; i < storage.length; i++) {
                storage[i] = i;
            }
            float[] expected = naive(shape, strides, offset);
            var tensor = tensor(DataType.F32, List.of(shape), storage, layout);
            for (int start = 0; start <= expected.length; start++) {
                int count = random.nextInt(expected.length - start + 1);
                float[] found = new float[count + 3];
                tensor.readFloats(start, found, 2, count);
                assertThat(Arrays.copyOfRange(found, 2, 2 + count))
                        .as("%s %s from %d", Arrays.toString(shape), Arrays.toString(strides), start)
                        .isEqualTo(Arrays.copyOfRange(expected, start, start + count));
                assertThat(found[0] + found[1] + found[count + 2]).isZero();
                ranges++;
            }
        }
        System.out.println("ranges of strided tensors: " + ranges);
    }

    /** At an odd address, next to each other and two apart. */
    @ParameterizedTest
    @EnumSource(DataType.class)
    void everyTypeConverts(DataType type) {
        long[] bits = {0, 1, 0x7F, 0x80, 0xFF, 0x3C00, 0x7C00, 0x8000, 0xFFFF, 0x3F80_0000, 0xFFFF_FFFFL, -1L << 40};
        var bytes = ByteBuffer.allocate(1 + 2 * bits.length * type.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(1);
        for (long value : bits) {
            for (int twice = 0; twice < 2; twice++) {
                switch (type.byteSize()) {
                    case 8 -> bytes.putLong(value);
                    case 4 -> bytes.putInt((int) value);
                    case 2 -> bytes.putShort((short) value);
                    default -> bytes.put((byte) value);
                }
            }
        }
        MemorySegment odd = MemorySegment.ofArray(bytes.array()).asSlice(1);
        var contiguous = new StoredTensor(
                "t",
                type,
                List.of(2L * bits.length),
                Path.of("f"),
                odd,
                StridedLayout.contiguous(List.of(2L * bits.length)));
        var strided = new StoredTensor(
                "t",
                type,
                List.of((long) bits.length),
                Path.of("f"),
                odd,
                StridedLayout.of(0, List.of((long) bits.length), List.of(2L)));
        float[] all = new float[2 * bits.length];
        float[] everySecond = new float[bits.length];
        contiguous.readFloats(0, all, 0, all.length);
        strided.readFloats(0, everySecond, 0, everySecond.length);
        for (int i = 0; i < bits.length; i++) {
            float expected = expected(type, bits[i]);
            assertThat(new float[] {all[2 * i], all[2 * i + 1], everySecond[i]})
                    .as("%s of bits %x", type, bits[i])
                    .containsOnly(expected);
        }
    }

    @Test
    void aRangeOutsideIsRefused() {
        float[] three = {1, 2, 3};
        var tensor = tensor(DataType.F32, List.of(3L), three, StridedLayout.contiguous(List.of(3L)));
        float[] destination = new float[4];
        assertThatThrownBy(() -> tensor.readFloats(1, destination, 0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tensor.readFloats(-1, destination, 0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tensor.readFloats(0, destination, 2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(destination).containsOnly(0);
    }

    @Test
    void aTensorOfAClosedCheckpointCannotBeRead() {
        StoredTensor tensor;
        try (var checkpoint = Checkpoint.open(Fixtures.model("bad/ok.safetensors"))) {
            tensor = checkpoint.tensor("a").orElseThrow();
        }
        assertThatThrownBy(() -> tensor.readFloats(0, new float[1], 0, 1)).isInstanceOf(IllegalStateException.class);
    }

    private static float[] naive(Long[] shape, Long[] strides, int offset) {
        int count = 1;
        for (long size : shape) {
            count *= (int) size;
        }
        float[] elements = new float[count];
        for (int position = 0; position < count; position++) {
            long index = offset;
            int rest = position;
            for (int d = shape.length - 1; d >= 0; d--) {
                index += rest % shape[d] * strides[d];
                rest = (int) (rest / shape[d]);
            }
            elements[position] = index;
        }
        return elements;
    }

    private static float expected(DataType type, long bits) {
        return switch (type) {
            case F64 -> (float) Double.longBitsToDouble(bits);
            case F32 -> Float.intBitsToFloat((int) bits);
            case F16 -> Float.float16ToFloat((short) bits);
            case BF16 -> Float.intBitsToFloat((int) bits << 16);
            case I64 -> bits;
            case I32 -> (int) bits;
            case I16 -> (short) bits;
            case I8 -> (byte) bits;
            case U8 -> bits & 0xFF;
            case BOOL -> (bits & 0xFF) == 0 ? 0 : 1;
        };
    }

    private static StoredTensor tensor(DataType type, List<Long> shape, float[] storage, StridedLayout layout) {
        var bytes = ByteBuffer.allocate(storage.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float element : storage) {
            bytes.putFloat(element);
        }
        return new StoredTensor("t", type, shape, Path.of("f"), MemorySegment.ofArray(bytes.array()), layout);
    }
}
