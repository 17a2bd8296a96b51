package dev.confab.server.access;

import dev.confab.engine.error.ConfabException;
import dev.confab.server.store.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that open the API. A file holds a line {@code NAME HASH} for each: a name for logs and limits, and the SHA-256
 * of the key, from which nobody can tell it. Keys are 256 random bits, so a fast hash is safe. Immutable.
 */
public final class ApiKeys implements KeyRing {
    private static final String PREFIX = "confab-";
    private static final long MOST_BYTES = 1 << 20;

    /** Names by the hash of their keys. */
    private final Map<String, String> names;

    private ApiKeys(Map<String, String> names) {
        this.names = Map.copyOf(names);
    }

    /**
     * Reads a file of keys; lines that are empty or begin with {@code #} are skipped.
     *
     * @throws ConfabException if it cannot be read, or a line is not a name and a hash
     */
    public static ApiKeys read(Path file) {
        Map<String, String> names = new LinkedHashMap<>();
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new ConfabException(
                        file + ": " + Files.size(file) + " bytes are too many for a file of API keys");
            }
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.strip().split("\\s+", -1);
                    if (parts.length != 2 || !parts[1].matches("[0-9a-f]{64}")) {
                        throw new ConfabException(file + ", line " + number
                                + ": expected a name and the key's SHA-256 in 64 hexadecimal digits;"
                                + " confab serve --new-api-key NAME writes such lines");
                    }
                    names.put(parts[1], parts[0]);
                }
            }
        } catch (IOException e) {
            throw new ConfabException("cannot read the API keys: " + e, e);
        }
        return new ApiKeys(names);
    }

    /**
     * Makes a new key and adds its hash to a file, which only its owner may read if it did not exist.
     *
     * @param name without white space
     * @return the key, which is kept nowhere
     * @throws ConfabException if the name has white space or the file cannot be written
     */
    public static String create(Path file, String name) {
        if (!name.matches("[A-Za-z0-9._@-]{1,64}")) {
            throw new ConfabException("'" + name + "' is no name for a key: use up to 64 letters, digits and . _ @ -");
        }
        String key = PREFIX + Tokens.make();
        try {
            if (!Files.exists(file)) {
                createForOwner(file);
            }
            Files.writeString(file, name + " " + Tokens.hash(key) + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new ConfabException("cannot write the API keys: " + e, e);
        }
        return key;
    }

    private static void createForOwner(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    /** The name of a key; empty if it is unknown. Takes no longer for one that is nearly right. */
    @Override
    public Optional<String> nameOf(String key) {
        return Optional.ofNullable(names.get(Tokens.hash(key)));
    }

    /** The names of all keys. */
    public Set<String> names() {
        return Set.copyOf(names.values());
    }
}
