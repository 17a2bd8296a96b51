package dev.confab.engine.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobLockTest {
    @TempDir
    private Path folder;

    @Test
    void anotherThreadWaitsForTheLock() throws Exception {
        Path file = folder.resolve("locks/blob.lock");
        var acquired = new AtomicBoolean();
        Thread waiting;
        try (var _ = BlobLock.acquire(file)) {
            waiting = startWaiting(file, acquired);
            assertThat(acquired).isFalse();
        }
        waiting.join();
        assertThat(acquired).isTrue();
    }

    /** Holds the lock of the file in its argument until its input ends. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (var _ = BlobLock.acquire(Path.of(arguments[0]))) {
                System.out.println("held");
                System.in.read();
            }
        }
    }

    @Test
    void anotherProcessKeepsTheLockUntilItEnds() throws Exception {
        Path file = folder.resolve("blob.lock");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = other.inputReader()) {
            assertThat(output.readLine()).isEqualTo("held");
            var acquired = new AtomicBoolean();
            Thread waiting = startWaiting(file, acquired);
            assertThat(acquired).isFalse();
            other.destroyForcibly().waitFor();
            waiting.join();
            assertThat(acquired).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    /** Returns when the thread has found the lock taken and sleeps until it looks again. */
    private static Thread startWaiting(Path file, AtomicBoolean acquired) {
        Thread waiting = Thread.ofVirtual().start(() -> {
            try (var _ = BlobLock.acquire(file)) {
                acquired.set(true);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        return waiting;
    }
}
