package dev.confab.engine.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * Reads a safetensors file: the header's length in 8 bytes, the header in JSON, the elements.
 *
 * <p>Accepts what the Rust crate of version 0.4.1 accepts: the tensors cover the data without a hole or an overlap, each
 * as long as its type and shape say, and nothing follows.
 */
final class SafetensorsFile {
    private static final int LENGTH_BYTES = 8;
    private static final long MAX_HEADER_BYTES = 100_000_000;

    private SafetensorsFile() {}

    /** The tensors in the order of their data. */
    static List<StoredTensor> read(MappedFile file) {
        long headerBytes = headerLength(file);
        SafetensorsHeader header = parse(file, headerBytes);
        var entries = new ArrayList<>(header.entries());
        entries.sort(Comparator.comparingLong(SafetensorsHeader.Entry::begin)
                .thenComparingLong(SafetensorsHeader.Entry::end));
        long dataStart = LENGTH_BYTES + headerBytes;
        long dataBytes = file.size() - dataStart;
        long expectedBytes = endOfData(file, entries);
        if (dataBytes != expectedBytes) {
            throw file.fault("has " + dataBytes + " bytes of data (the file " + file.size() + "), expected "
                    + expectedBytes + ": it is truncated or corrupt; download it again");
        }
        List<StoredTensor> tensors =
                entries.stream().map(entry -> tensor(file, dataStart, entry)).toList();
        return EightBitScheme.isUsedBy(file, header.metadata()) ? EightBitScheme.join(file, tensors) : tensors;
    }

    /** The texts that stand beside the tensors. */
    static Map<String, String> metadata(MappedFile file) {
        return parse(file, headerLength(file)).metadata();
    }

    private static long endOfData(MappedFile file, List<SafetensorsHeader.Entry> entries) {
        long next = 0;
        for (SafetensorsHeader.Entry entry : entries) {
            if (entry.begin() != next || entry.end() < next) {
                throw file.fault("tensor '" + entry.name() + "' has the data offsets [" + entry.begin() + ", "
                        + entry.end() + "], expected to begin at " + next + ", where the tensor before it ends");
            }
            next = entry.end();
        }
        return next;
    }

    private static long headerLength(MappedFile file) {
        if (file.size() < LENGTH_BYTES) {
            throw file.fault(ForeignFile.describe(file)
                    .orElse("has only " + file.size() + " bytes, too few for a safetensors header"));
        }
        long length = file.bytes().get(LittleEndian.LONG, 0);
        if (length < 0 || length > MAX_HEADER_BYTES) {
            throw file.fault(ForeignFile.describe(file)
                    .orElse("announces a header of " + Long.toUnsignedString(length) + " bytes, the limit is "
                            + MAX_HEADER_BYTES + ": it is corrupt or no safetensors file"));
        }
        if (length > file.size() - LENGTH_BYTES) {
            throw file.fault("announces a header of " + length + " bytes, but only " + (file.size() - LENGTH_BYTES)
                    + " follow: the file is truncated or corrupt; download it again");
        }
        return length;
    }

    private static SafetensorsHeader parse(MappedFile file, long headerBytes) {
        try {
            ByteBuffer header = file.bytes().asSlice(LENGTH_BYTES, headerBytes).asByteBuffer();
            String json = StandardCharsets.UTF_8.newDecoder().decode(header).toString();
            return SafetensorsHeader.parse(json);
        } catch (CharacterCodingException e) {
            throw file.fault("its header is not valid UTF-8: the file is corrupt", e);
        } catch (JacksonException e) {
            throw file.fault("its header is not the JSON of a safetensors file: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw file.fault("its header is not that of a safetensors file: " + e.getMessage(), e);
        }
    }

    private static StoredTensor tensor(MappedFile file, long dataStart, SafetensorsHeader.Entry entry) {
        long length = entry.end() - entry.begin();
        StridedLayout layout;
        long expected;
        try {
            layout = StridedLayout.contiguous(entry.shape());
            expected =
                    Math.multiplyExact(layout.elementCount(), entry.dataType().byteSize());
        } catch (ArithmeticException e) {
            throw file.fault(
                    "tensor '" + entry.name() + "' has the shape " + entry.shape() + ", more than a file can hold", e);
        }
        if (length != expected) {
            throw file.fault("tensor '" + entry.name() + "' takes " + length + " bytes, expected " + expected + " for "
                    + entry.dataType() + " " + entry.shape());
        }
        return new StoredTensor(
                entry.name(),
                entry.dataType(),
                entry.shape(),
                file.path(),
                file.bytes().asSlice(dataStart + entry.begin(), length),
                layout);
    }
}
