package dev.confab.engine.checkpoint;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Recognises what people have in place of weights, so that the error can say what to do about it. */
final class ForeignFile {
    private static final int TAR_MAGIC_OFFSET = 257;

    private ForeignFile() {}

    /** What a file that holds no weights really is, as the rest of a sentence, if that can be told. */
    static Optional<String> describe(MappedFile file) {
        if (text(file.bytes(), 0, 64).stripLeading().startsWith("{")) {
            return Optional.of("is JSON text, not weights, perhaps a server's error message; download it again");
        }
        return describeNonJson(file);
    }

    /** The same for a file that should be JSON. */
    static Optional<String> describeNonJson(MappedFile file) {
        if (file.size() == 0) {
            return Optional.of("is empty; download it again");
        }
        String start = text(file.bytes(), 0, 64).toLowerCase(Locale.ROOT);
        if (start.startsWith("version https://git-lfs")) {
            return Optional.of("is a Git LFS pointer (" + file.size()
                    + " bytes), not the weights; run `git lfs pull` in its folder");
        }
        String visible = start.stripLeading();
        if (visible.startsWith("<!doctype") || visible.startsWith("<html") || visible.startsWith("<?xml")) {
            return Optional.of("is a web page (HTML), not weights: the download fetched an error or login page;"
                    + " download it again");
        }
        if (start.startsWith("\u0089hdf")) {
            return Optional.of("is an HDF5 file (TensorFlow weights); Confab reads safetensors and PyTorch files");
        }
        if (start.startsWith("gguf")) {
            return Optional.of("is a GGUF file; Confab reads safetensors and PyTorch files");
        }
        if (start.startsWith("\u001f\u008b")) {
            return Optional.of("is compressed with gzip; unpack it first");
        }
        if (text(file.bytes(), TAR_MAGIC_OFFSET, 5).equals("ustar")) {
            return Optional.of("is a tar archive; unpack it first");
        }
        return Optional.empty();
    }

    /** The first bytes in hexadecimal, for a file that nothing is known about. */
    static String firstBytes(MappedFile file) {
        byte[] start = file.bytes().asSlice(0, Math.min(8, file.size())).toArray(LittleEndian.BYTE);
        return HexFormat.ofDelimiter(" ").formatHex(start);
    }

    private static String text(MemorySegment bytes, long from, int length) {
        long begin = Math.min(from, bytes.byteSize());
        long end = Math.min(from + length, bytes.byteSize());
        return new String(bytes.asSlice(begin, end - begin).toArray(LittleEndian.BYTE), StandardCharsets.ISO_8859_1);
    }
}
