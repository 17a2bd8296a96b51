package dev.confab.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Looks once a second at how much memory a process has, and remembers the most. */
final class ServerMemory implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final @Nullable Thread watcher;
    private volatile long peak;

    private ServerMemory(@Nullable Long process) throws IOException {
        if (process == null) {
            watcher = null;
            return;
        }
        Path status = status(process);
        peak = residentBytes(status);
        watcher = Thread.ofVirtual().start(() -> watch(status));
    }

    /**
     * Begins to look.
     *
     * @param process its number, null for none
     * @throws IOException if there is no such process, or the system does not tell
     */
    static ServerMemory watch(@Nullable Long process) throws IOException {
        return new ServerMemory(process);
    }

    private void watch(Path status) {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                peak = Math.max(peak, residentBytes(status));
            }
        } catch (InterruptedException | IOException _) {
            // Nobody wants to know any more, or the process has ended.
        }
    }

    /** Whether this system tells how much memory that process has. */
    static boolean isKnown(long process) {
        return Files.isReadable(status(process));
    }

    private static Path status(long process) {
        return Path.of("/proc", Long.toString(process), "status");
    }

    private static long residentBytes(Path status) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException(status + " does not tell the memory of the process");
    }

    /** The most that it had while somebody looked; empty if there is no process to look at. */
    OptionalLong peakBytes() {
        return watcher == null ? OptionalLong.empty() : OptionalLong.of(peak);
    }

    @Override
    public void close() {
        if (watcher != null) {
            watcher.interrupt();
        }
    }
}
