package dev.confab.engine.checkpoint;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The central directory of a zip file, with ZIP64, for records that are stored uncompressed.
 *
 * <p>The JDK's own reader copies; this one hands out slices of the mapped file.
 */
final class ZipDirectory {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int MAX_COMMENT_BYTES = 0xFFFF;
    private static final int END64_LOCATOR_SIGNATURE = 0x07064b50;
    private static final int END64_LOCATOR_BYTES = 20;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int ZIP64_EXTRA = 1;
    private static final int ENCRYPTED = 1;

    /** A size or offset of this value stands in the ZIP64 extra field instead. */
    private static final long IN_EXTRA = 0xFFFFFFFFL;

    private final MappedFile file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(String name, int flags, int method, long storedBytes, long bytes, long localHeader) {}

    private ZipDirectory(MappedFile file) {
        this.file = file;
    }

    static ZipDirectory read(MappedFile file) {
        var directory = new ZipDirectory(file);
        directory.readEntries(directory.findEnd());
        return directory;
    }

    /** The names of all records in the directory's order. */
    Set<String> names() {
        return entries.keySet();
    }

    /** The bytes of a record, still in the mapped file. */
    Optional<MemorySegment> record(String name) {
        return Optional.ofNullable(entries.get(name)).map(this::content);
    }

    /** Finds the end record, which stands before a comment of unknown length. */
    private long findEnd() {
        long lowest = Math.max(0, file.size() - END_BYTES - MAX_COMMENT_BYTES);
        for (long at = file.size() - END_BYTES; at >= lowest; at--) {
            if (intAt(at) == END_SIGNATURE && at + END_BYTES + shortAt(at + 20) == file.size()) {
                return at;
            }
        }
        throw file.fault("is a zip file of " + file.size()
                + " bytes without its directory at the end: it is truncated; download it again");
    }

    private void readEntries(long end) {
        long count = shortAt(end + 10);
        long size = unsignedIntAt(end + 12);
        long at = unsignedIntAt(end + 16);
        long locator = end - END64_LOCATOR_BYTES;
        if (locator >= 0 && intAt(locator) == END64_LOCATOR_SIGNATURE) {
            long end64 = longAt(locator + 8);
            require(end64, END64_BYTES, "ZIP64 end record");
            if (intAt(end64) != END64_SIGNATURE) {
                throw file.fault("its ZIP64 end record is missing at byte " + end64 + ": the file is corrupt");
            }
            count = longAt(end64 + 32);
            size = longAt(end64 + 40);
            at = longAt(end64 + 48);
        }
        require(at, size, "zip directory");
        long limit = at + size;
        for (long i = 0; i < count; i++) {
            require(at, ENTRY_BYTES, "zip directory");
            int nameBytes = shortAt(at + 28);
            int extraBytes = shortAt(at + 30);
            long next = at + ENTRY_BYTES + nameBytes + extraBytes + shortAt(at + 32);
            if (intAt(at) != ENTRY_SIGNATURE || next > limit) {
                throw file.fault("its zip directory is corrupt at byte " + at);
            }
            Entry entry = entry(at, nameBytes, extraBytes);
            if (entries.put(entry.name(), entry) != null) {
                throw file.fault("its zip directory lists '" + entry.name() + "' twice: the file is corrupt");
            }
            at = next;
        }
    }

    private Entry entry(long at, int nameBytes, int extraBytes) {
        byte[] name = file.bytes().asSlice(at + ENTRY_BYTES, nameBytes).toArray(LittleEndian.BYTE);
        long[] wide = {unsignedIntAt(at + 24), unsignedIntAt(at + 20), unsignedIntAt(at + 42)};
        readZip64(at + ENTRY_BYTES + nameBytes, extraBytes, wide);
        return new Entry(
                new String(name, StandardCharsets.UTF_8), shortAt(at + 8), shortAt(at + 10), wide[1], wide[0], wide[2]);
    }

    /** Replaces each number that did not fit, in the order in which the extra field holds them. */
    private void readZip64(long extra, int extraBytes, long[] numbers) {
        long end = extra + extraBytes;
        for (long at = extra; at + 4 <= end; at += 4 + shortAt(at + 2)) {
            if (shortAt(at) != ZIP64_EXTRA) {
                continue;
            }
            long field = at + 4;
            for (int i = 0; i < numbers.length; i++) {
                if (numbers[i] == IN_EXTRA) {
                    if (field + Long.BYTES > end) {
                        throw file.fault("its zip directory has a short ZIP64 field at byte " + at);
                    }
                    numbers[i] = longAt(field);
                    field += Long.BYTES;
                }
            }
            return;
        }
    }

    private MemorySegment content(Entry entry) {
        String what = "record '" + entry.name() + "'";
        if ((entry.flags() & ENCRYPTED) != 0) {
            throw file.fault(what + " is encrypted; torch.save never does that");
        }
        if (entry.method() != 0 || entry.storedBytes() != entry.bytes()) {
            throw file.fault(what + " is compressed (zip method " + entry.method()
                    + "), torch.save stores records uncompressed; was the file packed again? Take the original");
        }
        require(entry.localHeader(), LOCAL_BYTES, what);
        if (intAt(entry.localHeader()) != LOCAL_SIGNATURE) {
            throw file.fault(what + " has no header at byte " + entry.localHeader() + ": the file is corrupt");
        }
        long start = entry.localHeader()
                + LOCAL_BYTES
                + shortAt(entry.localHeader() + 26)
                + shortAt(entry.localHeader() + 28);
        require(start, entry.bytes(), what);
        return file.bytes().asSlice(start, entry.bytes());
    }

    private void require(long from, long length, String what) {
        if (from < 0 || length < 0 || from > file.size() || length > file.size() - from) {
            throw file.fault("its " + what + " needs " + Long.toUnsignedString(length) + " bytes from byte "
                    + Long.toUnsignedString(from) + ", but the file has " + file.size()
                    + ": it is truncated or corrupt; download it again");
        }
    }

    private int shortAt(long at) {
        return Short.toUnsignedInt(file.bytes().get(LittleEndian.SHORT, at));
    }

    private int intAt(long at) {
        return file.bytes().get(LittleEndian.INT, at);
    }

    private long unsignedIntAt(long at) {
        return Integer.toUnsignedLong(intAt(at));
    }

    private long longAt(long at) {
        return file.bytes().get(LittleEndian.LONG, at);
    }
}
