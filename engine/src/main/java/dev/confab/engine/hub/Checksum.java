package dev.confab.engine.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The checksum that an ETag of the hub is: SHA-256 for large files, git's SHA-1 of the blob for all others. */
final class Checksum {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SHA_1 = Pattern.compile("[0-9a-f]{40}");

    private Checksum() {}

    /** What the ETag of the file should be; the given one as it is where it is no checksum, as on some mirrors. */
    static String of(Path file, String etag) throws IOException {
        if (SHA_256.matcher(etag).matches()) {
            return digest(file, algorithm("SHA-256"));
        }
        if (SHA_1.matcher(etag).matches()) {
            MessageDigest git = algorithm("SHA-1");
            git.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
            return digest(file, git);
        }
        return etag;
    }

    private static String digest(Path file, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count; (count = in.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest algorithm(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(name + " is part of every JDK", e);
        }
    }
}
