package dev.confab.ui.http;

import dev.confab.ui.call.Identifiers;
import dev.confab.ui.component.FileStore;
import dev.confab.ui.component.InvalidValueException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Uploaded files and files in results, in a temporary folder. Each lies in a folder of its own whose name cannot be
 * guessed, which is all that a client ever names: nothing else on the machine can be reached by a path, except files in
 * the folders that the page's author allowed.
 */
final class UploadFolder implements FileStore, AutoCloseable {
    private static final Pattern CLIENT_PATH = Pattern.compile("([0-9a-f]{32})/([^/\\\\\\p{Cntrl}]+)");
    private static final Pattern UNSAFE = Pattern.compile("[/\\\\:*?\"<>|\\p{Cntrl}]+");
    private static final int MAX_NAME_LENGTH = 100;

    private final long maxFileSize;
    private final long maxBytes;
    private final List<Path> allowedPaths;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Stored> stored = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable Path root;
    private long bytes;

    private static final class Stored {
        private final Path file;
        private final long size;
        private long usedAt = System.nanoTime();

        Stored(Path file, long size) {
            this.file = file;
            this.size = size;
        }
    }

    UploadFolder(PageDefinition.Limits limits) {
        maxFileSize = limits.maxFileSize();
        maxBytes = limits.maxStoredBytes();
        allowedPaths = limits.allowedPaths();
    }

    /** A file that is larger than allowed, or does not fit beside the others. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }

    /**
     * Keeps what a client sends.
     *
     * @param name what the client calls it
     * @throws TooLargeException if there is no room for it
     */
    String store(InputStream content, String name) throws IOException {
        String identifier = Identifiers.next();
        String safe = safe(name);
        Path file = Files.createDirectory(root().resolve(identifier)).resolve(safe);
        long size = 0;
        boolean kept = false;
        try {
            size = copy(content, file);
            reserve(size);
            kept = true;
        } finally {
            if (!kept) {
                delete(file.getParent());
            }
        }
        lock.lock();
        try {
            stored.put(identifier, new Stored(file, size));
        } finally {
            lock.unlock();
        }
        return identifier + "/" + safe;
    }

    private long copy(InputStream content, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                size += count;
                if (size > maxFileSize) {
                    throw new TooLargeException("the file is larger than " + maxFileSize + " bytes");
                }
                out.write(buffer, 0, count);
            }
            return size;
        }
    }

    private void reserve(long size) throws TooLargeException {
        lock.lock();
        try {
            if (bytes + size > maxBytes) {
                throw new TooLargeException("there is no room for more files; try again later");
            }
            bytes += size;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Path find(String path) {
        var matcher = CLIENT_PATH.matcher(path);
        if (matcher.matches()) {
            lock.lock();
            try {
                Stored known = stored.get(matcher.group(1));
                if (known != null && known.file.endsWith(matcher.group(2))) {
                    known.usedAt = System.nanoTime();
                    return known.file;
                }
            } finally {
                lock.unlock();
            }
        }
        return allowed(path);
    }

    private Path allowed(String path) {
        try {
            Path real = Path.of(path).toRealPath();
            for (Path folder : allowedPaths) {
                if (real.startsWith(folder.toRealPath()) && Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                    return real;
                }
            }
        } catch (IOException | InvalidPathException e) {
            // the same answer as for a file that nobody may see: a client learns nothing of what there is
        }
        throw new InvalidValueException("there is no file '" + path + "'; upload it first");
    }

    @Override
    public String publish(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null && root != null && root.equals(parent.getParent())) {
            return parent.getFileName() + "/" + file.getFileName();
        }
        try (InputStream content = Files.newInputStream(file)) {
            return store(content, String.valueOf(file.getFileName()));
        }
    }

    @Override
    public String publish(byte[] content, String name) throws IOException {
        return store(new java.io.ByteArrayInputStream(content), name);
    }

    /** Deletes what was not used for long. */
    void sweep(long nanoseconds, long now) {
        lock.lock();
        try {
            stored.values().removeIf(file -> {
                boolean old = now - file.usedAt > nanoseconds;
                if (old) {
                    bytes -= file.size;
                    delete(file.file.getParent());
                }
                return old;
            });
        } finally {
            lock.unlock();
        }
    }

    /** Deletes everything. */
    @Override
    public void close() {
        lock.lock();
        try {
            stored.clear();
            delete(root);
            root = null;
        } finally {
            lock.unlock();
        }
    }

    private Path root() throws IOException {
        lock.lock();
        try {
            if (root == null) {
                root = Files.createTempDirectory("confab-files-").toRealPath();
            }
            return root;
        } finally {
            lock.unlock();
        }
    }

    /** A name that is one file on every system. */
    private static String safe(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String safe = UNSAFE.matcher(last).replaceAll("_").strip();
        safe = safe.replaceFirst("^\\.+", "_");
        int length = safe.length();
        return length == 0 ? "file" : safe.substring(Math.max(0, length - MAX_NAME_LENGTH));
    }

    private static void delete(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.getLogger(UploadFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "could not delete " + folder, e);
        }
    }
}
