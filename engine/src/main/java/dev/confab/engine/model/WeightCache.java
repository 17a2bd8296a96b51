package dev.confab.engine.model;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A folder of converted weights, so that a model is converted once and mapped afterwards. Files appear whole or not at
 * all; when the folder outgrows its bound, those that were used longest ago go. Usable from any thread and process.
 *
 * @param folder where the files are; made when needed
 * @param maxBytes the bound on all files together
 */
public record WeightCache(Path folder, long maxBytes) {
    private static final String SUFFIX = ".weights";
    private static final String PARTIAL_SUFFIX = ".partial";
    private static final Duration LONGEST_CONVERSION = Duration.ofHours(6);

    /**
     * The file of a key, mapped for reading; empty if there is none, or one of another size.
     *
     * @param key letters and digits
     * @param bytes the size that it must have
     * @param memory owns the mapping
     */
    Optional<MemorySegment> find(String key, long bytes, Arena memory) {
        Path file = file(key);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() != bytes) {
                return Optional.empty();
            }
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, memory);
            touch(file);
            return Optional.of(mapped);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            log(System.Logger.Level.WARNING, "cannot read converted weights " + file, e);
            return Optional.empty();
        }
    }

    /**
     * Makes the file of a key.
     *
     * @param bytes its size
     * @param fill writes its content
     * @return whether it is there now; if not (no space, no permission) the reason is in the log
     */
    boolean store(String key, long bytes, Consumer<MemorySegment> fill) {
        Path file = file(key);
        Path partial = null;
        try {
            Files.createDirectories(folder);
            if (bytes > maxBytes || Files.getFileStore(folder).getUsableSpace() < bytes) {
                log(System.Logger.Level.INFO, "no room for " + (bytes >> 20) + " MB of converted weights in " + folder);
                return false;
            }
            deleteAbandoned();
            makeRoom(bytes);
            partial = Files.createTempFile(folder, key, PARTIAL_SUFFIX);
            write(partial, bytes, fill);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException | UncheckedIOException e) {
            log(System.Logger.Level.WARNING, "cannot keep converted weights in " + folder, e);
            return false;
        } finally {
            deleteQuietly(partial);
        }
    }

    private static void write(Path file, long bytes, Consumer<MemorySegment> fill) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var mapping = Arena.ofShared()) {
            MemorySegment memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, mapping);
            try {
                fill.accept(memory);
            } catch (InternalError e) {
                // What a full disk looks like through a mapping.
                throw new IOException("writing failed; is the disk full?", e);
            }
            memory.force();
        }
    }

    /** What a process that was killed while it wrote has left behind. */
    private void deleteAbandoned() throws IOException {
        Instant longAgo = Instant.now().minus(LONGEST_CONVERSION);
        try (var listing = Files.list(folder)) {
            listing.filter(f -> f.toString().endsWith(PARTIAL_SUFFIX))
                    .filter(f -> lastUse(f).toInstant().isBefore(longAgo))
                    .forEach(WeightCache::deleteQuietly);
        }
    }

    private void makeRoom(long bytes) throws IOException {
        List<Path> files;
        try (var listing = Files.list(folder)) {
            files = listing.filter(f -> f.toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparing(WeightCache::lastUse))
                    .toList();
        }
        long total = bytes;
        for (Path file : files) {
            total += Files.size(file);
        }
        for (Path file : files) {
            if (total <= maxBytes) {
                return;
            }
            total -= Files.size(file);
            deleteQuietly(file);
        }
    }

    private Path file(String key) {
        if (!key.matches("[A-Za-z0-9-]+")) {
            throw new ConfabException("not a cache key: " + key);
        }
        return folder.resolve(key + SUFFIX);
    }

    private static FileTime lastUse(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // A read-only cache serves as well; it only forgets which file was used last.
            log(System.Logger.Level.DEBUG, "cannot note the use of " + file, e);
        }
    }

    private static void deleteQuietly(@org.jspecify.annotations.Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log(System.Logger.Level.DEBUG, "cannot delete " + file, e);
        }
    }

    private static void log(System.Logger.Level level, String message, Throwable cause) {
        System.getLogger(WeightCache.class.getName()).log(level, message, cause);
    }

    private static void log(System.Logger.Level level, String message) {
        System.getLogger(WeightCache.class.getName()).log(level, message);
    }
}
