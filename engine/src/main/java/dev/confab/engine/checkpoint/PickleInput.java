package dev.confab.engine.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the bytes of pickles from a mapped file; a length is checked against what remains before anything is made. */
final class PickleInput {
    /** GPT-2's largest state dict takes 100 kB of pickle, its storages lie outside. */
    static final long MAX_BYTES = 16_000_000;

    private static final int MAX_LINE_BYTES = 256;

    private final MappedFile file;
    private final long start;
    private final long limit;
    private long position;

    /** Reads from byte {@code start} of the file to byte {@code limit}. */
    PickleInput(MappedFile file, long start, long limit) {
        this.file = file;
        this.start = start;
        this.limit = limit;
        this.position = start;
    }

    /** The byte of the file that is read next. */
    long position() {
        return position;
    }

    CheckpointException fault(String message) {
        return file.fault(message);
    }

    int unsignedByte() {
        return Byte.toUnsignedInt(file.bytes().get(LittleEndian.BYTE, take(1)));
    }

    int unsignedShort() {
        return Short.toUnsignedInt(file.bytes().get(LittleEndian.SHORT, take(2)));
    }

    int signedInt() {
        return file.bytes().get(LittleEndian.INT, take(4));
    }

    long unsignedInt() {
        return Integer.toUnsignedLong(signedInt());
    }

    /** A double, the one number that pickles hold big-endian. */
    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(file.bytes().get(LittleEndian.LONG, take(Double.BYTES))));
    }

    void skip(long count) {
        take(count);
    }

    byte[] bytes(long count) {
        long from = take(count);
        return file.bytes().asSlice(from, count).toArray(LittleEndian.BYTE);
    }

    String text(long count) {
        long at = position;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(count)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw file.fault("its pickle holds text that is not UTF-8 at byte " + at + ": the file is corrupt", e);
        }
    }

    /** Text up to a line feed, which is read too. */
    String line() {
        for (int length = 0; length < MAX_LINE_BYTES && position + length < limit; length++) {
            if (file.bytes().get(LittleEndian.BYTE, position + length) == '\n') {
                String line = text(length);
                skip(1);
                return line;
            }
        }
        throw file.fault("its pickle has no end of line within " + MAX_LINE_BYTES + " bytes from byte " + position
                + ": the file is truncated or corrupt");
    }

    private long take(long count) {
        if (count < 0 || count > limit - position) {
            throw file.fault("its pickle needs " + Long.toUnsignedString(count) + " more bytes at byte " + position
                    + ", but only " + (limit - position) + " remain: the file is truncated or corrupt");
        }
        if (position + count - start > MAX_BYTES) {
            throw file.fault("its pickle is longer than " + MAX_BYTES + " bytes, far more than a state dict takes");
        }
        long from = position;
        position += count;
        return from;
    }
}
