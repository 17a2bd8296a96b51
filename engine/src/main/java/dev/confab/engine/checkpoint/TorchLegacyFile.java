package dev.confab.engine.checkpoint;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The format of {@code torch.save} before version 1.6, in which DialoGPT was published.
 *
 * <p>Five pickles follow each other: a magic number, the protocol, the writing system, the value, and the list of
 * storage keys. Then come the storages in that order, each a count of elements in 8 bytes and the elements.
 */
final class TorchLegacyFile {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;

    private final MappedFile file;

    private TorchLegacyFile(MappedFile file) {
        this.file = file;
    }

    static boolean recognises(MappedFile file) {
        return file.size() >= 2 && Byte.toUnsignedInt(file.bytes().get(LittleEndian.BYTE, 0)) == Opcode.PROTO;
    }

    static TorchFile read(MappedFile file) {
        return new TorchLegacyFile(file).read();
    }

    private TorchFile read() {
        Pickle magic = pickle(0);
        if (!magic.value().equals(MAGIC)) {
            throw file.fault("is a Python pickle, but torch.save did not write it: it begins with a value of kind "
                    + magic.value().getClass().getSimpleName() + " in place of torch's magic number");
        }
        Pickle protocol = pickle(magic.end());
        if (!protocol.value().equals(PROTOCOL)) {
            throw file.fault("is of another protocol of torch.save than " + PROTOCOL
                    + "; load and save it again with a current torch");
        }
        Pickle system = pickle(protocol.end());
        if (system.value() instanceof Map<?, ?> properties && Boolean.FALSE.equals(properties.get("little_endian"))) {
            throw file.fault(
                    "was written in big-endian byte order, expected little-endian; save it on another machine");
        }
        Pickle value = pickle(system.end());
        Pickle keys = pickle(value.end());
        if (!(keys.value() instanceof List<?> list)) {
            throw file.fault("has a value of kind " + keys.value().getClass().getSimpleName()
                    + " in place of its list of storages: the file is corrupt");
        }
        return new TorchFile(file, value.value(), storages(list, value.storages(), keys.end()));
    }

    private Pickle pickle(long start) {
        return Unpickler.read(new PickleInput(file, start, file.size()));
    }

    /** Cuts the storages out of the rest of the file; only the value knows how long an element of each is. */
    private Map<String, MemorySegment> storages(List<?> keys, Map<String, PickledValue.Storage> described, long start) {
        Map<String, MemorySegment> storages = new HashMap<>();
        long at = start;
        for (Object key : keys) {
            PickledValue.Storage storage = key instanceof String name ? described.get(name) : null;
            if (storage == null) {
                throw file.fault("lists a storage that no tensor uses as number " + (storages.size() + 1)
                        + ": the file is corrupt");
            }
            long count = require(storage, at, Long.BYTES).get(LittleEndian.LONG, 0);
            if (count != storage.elementCount()) {
                throw file.fault("storage '" + storage.key() + "' has " + count + " elements, expected "
                        + storage.elementCount() + ": the file is corrupt");
            }
            at += Long.BYTES;
            // No overflow: a count that the file could hold is far below the limit.
            long bytes = count > file.size()
                    ? Long.MAX_VALUE
                    : count * storage.dataType().byteSize();
            storages.put(storage.key(), require(storage, at, bytes));
            at += bytes;
        }
        return storages;
    }

    private MemorySegment require(PickledValue.Storage storage, long at, long bytes) {
        long remaining = file.size() - at;
        if (bytes > remaining) {
            throw file.fault("storage '" + storage.key() + "' needs " + bytes + " bytes at byte " + at + ", but only "
                    + remaining + " of the file's " + file.size()
                    + " remain: it is truncated or corrupt; download it again");
        }
        return file.bytes().asSlice(at, bytes);
    }
}
