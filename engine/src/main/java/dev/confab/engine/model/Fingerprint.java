package dev.confab.engine.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identifies the content of weight files without reading gigabytes at each start.
 *
 * <p>In the hub's cache a file's name is its checksum, which is all that is needed. Elsewhere the size, the time of the
 * last change and samples of the content stand for it.
 */
final class Fingerprint {
    private static final int SAMPLES = 64;
    private static final int SAMPLE_BYTES = 4096;

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Adds a text, such as the format that the weights are converted to. */
    Fingerprint add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return this;
    }

    /** Adds a weight file. */
    Fingerprint add(Path file) {
        try {
            Path real = file.toRealPath();
            String name = String.valueOf(real.getFileName());
            if (name.matches("[0-9a-f]{64}")) {
                return add(name);
            }
            add(Files.size(real) + " " + Files.getLastModifiedTime(real).toMillis());
            addSamples(real);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addSamples(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            var buffer = ByteBuffer.allocate(SAMPLE_BYTES);
            for (int i = 0; i < SAMPLES; i++) {
                buffer.clear();
                channel.read(buffer, Math.max(0, size - SAMPLE_BYTES) * i / (SAMPLES - 1));
                digest.update(buffer.flip());
            }
        }
    }

    /** The fingerprint of all that was added: 32 hexadecimal digits. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }
}
