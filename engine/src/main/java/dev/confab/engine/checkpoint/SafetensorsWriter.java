package dev.confab.engine.checkpoint;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a safetensors file, beside its place first and then moved there, so that it is never there in part. Nothing but
 * two buffers is allocated. Collects tensors for one thread; may write several times.
 */
public final class SafetensorsWriter {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int ALIGNMENT = 8;

    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /** Numbers to be stored as {@code type}, read when the file is written. */
    private record Tensor(DataType type, List<Integer> shape, long size, TensorReader values) {}

    /** Without tensors so far. */
    public SafetensorsWriter() {}

    /** Adds a text that a reader finds by {@link Checkpoint#metadata}. */
    public SafetensorsWriter metadata(String name, String text) {
        metadata.put(name, text);
        return this;
    }

    /**
     * Adds a tensor. Its numbers are read when the file is written.
     *
     * @param type F32, F16 or BF16, to which numbers are rounded; or I8, for whole numbers from -128 to 127
     * @param offset where the tensor begins in {@code values}
     * @throws IllegalArgumentException if the type is another one, or the array ends too early
     */
    public SafetensorsWriter tensor(String name, DataType type, List<Integer> shape, float[] values, int offset) {
        long size = size(shape);
        if (offset < 0 || offset + size > values.length) {
            throw new IllegalArgumentException("tensor '" + name + "' " + shape + " at " + offset
                    + " leaves its array of " + values.length + " numbers");
        }
        return tensor(
                name,
                type,
                shape,
                (start, destination, at, count) ->
                        System.arraycopy(values, offset + (int) start, destination, at, count));
    }

    /**
     * Adds a tensor that comes from elsewhere, such as another checkpoint, bit by bit while the file is written.
     *
     * @param type F32, F16 or BF16, to which numbers are rounded; or I8, for whole numbers from -128 to 127
     * @param values read from the first to the last
     * @throws IllegalArgumentException if the type is another one
     */
    public SafetensorsWriter tensor(String name, DataType type, List<Integer> shape, TensorReader values) {
        switch (type) {
            case F32, F16, BF16, I8 -> tensors.put(name, new Tensor(type, List.copyOf(shape), size(shape), values));
            default -> throw new IllegalArgumentException("tensor '" + name + "' cannot be written as " + type);
        }
        return this;
    }

    private static long size(List<Integer> shape) {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /**
     * Writes the file.
     *
     * @throws ConfabException if that fails; what was there before is still there then
     */
    public void write(Path file) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            try (FileChannel channel = FileChannel.open(
                    partial,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                writeAll(channel);
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ConfabException(
                    file + ": cannot be written: " + e + "; is the disk full, or the folder not yours?", e);
        } finally {
            deleteQuietly(partial);
        }
    }

    private static void deleteQuietly(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            System.getLogger(SafetensorsWriter.class.getName())
                    .log(System.Logger.Level.WARNING, partial + " is of no use and could not be deleted: " + e);
        }
    }

    private void writeAll(FileChannel channel) throws IOException {
        byte[] header = header();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(header.length).flip();
        writeFully(channel, buffer);
        writeFully(channel, ByteBuffer.wrap(header));
        float[] numbers = new float[BUFFER_BYTES / Float.BYTES];
        for (Tensor tensor : tensors.values()) {
            for (long from = 0; from < tensor.size; from += numbers.length) {
                int count = (int) Math.min(numbers.length, tensor.size - from);
                tensor.values.readFloats(from, numbers, 0, count);
                buffer.clear();
                put(tensor.type, numbers, count, buffer);
                writeFully(channel, buffer.flip());
            }
        }
    }

    private byte[] header() {
        ObjectNode header = JsonMapper.shared().createObjectNode();
        ObjectNode texts = header.putObject("__metadata__");
        texts.put("format", "pt");
        metadata.forEach(texts::put);
        long at = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            long end = at + tensor.size * tensor.type.byteSize();
            ObjectNode node = header.putObject(entry.getKey()).put("dtype", tensor.type.name());
            tensor.shape.forEach(node.putArray("shape")::add);
            node.putArray("data_offsets").add(at).add(end);
            at = end;
        }
        String json = header.toString();
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        return (json + " ".repeat((ALIGNMENT - bytes % ALIGNMENT) % ALIGNMENT)).getBytes(StandardCharsets.UTF_8);
    }

    private static void put(DataType type, float[] numbers, int count, ByteBuffer buffer) {
        for (int i = 0; i < count; i++) {
            switch (type) {
                case F16 -> buffer.putShort(Float.floatToFloat16(numbers[i]));
                case BF16 -> buffer.putShort(bfloat16(numbers[i]));
                case I8 -> buffer.put((byte) numbers[i]);
                default -> buffer.putFloat(numbers[i]);
            }
        }
    }

    /** The upper half of a float, rounded to the nearest, ties to even; a NaN stays one. */
    private static short bfloat16(float value) {
        int bits = Float.floatToIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
