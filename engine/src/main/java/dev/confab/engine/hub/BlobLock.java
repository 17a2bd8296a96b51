package dev.confab.engine.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps all other threads and processes from downloading the same blob.
 *
 * <p>A file lock belongs to the whole JVM, and closing any channel to the file gives it up; so threads agree on who may
 * open the file at all before one of them locks it. Python's client locks another file in another way (flock), which
 * Java has no means to join; it writes to temporary files of its own, so the two cannot harm each other.
 */
final class BlobLock implements AutoCloseable {
    private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();
    private static final long POLL_MILLIS = 50;

    private final Path file;
    private final FileChannel channel;

    private BlobLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Waits until the lock is free, for as long as that takes. */
    static BlobLock acquire(Path lockFile) throws IOException, InterruptedException {
        Path file = lockFile.toAbsolutePath().normalize();
        Files.createDirectories(file.getParent());
        while (!HELD_BY_THIS_PROCESS.add(file)) {
            Thread.sleep(POLL_MILLIS);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            for (@Nullable FileLock lock = channel.tryLock(); lock == null; lock = channel.tryLock()) {
                Thread.sleep(POLL_MILLIS);
            }
            return new BlobLock(file, channel);
        } catch (IOException | InterruptedException e) {
            release(file, channel);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        release(file, channel);
    }

    private static void release(Path file, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD_BY_THIS_PROCESS.remove(file);
        }
    }
}
