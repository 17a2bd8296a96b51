package dev.confab.engine.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobLockTest {
    @TempDir
    private Path folder;

    @Test
    void onlyOneThreadHoldsALockAtATime() throws Exception {
        Path file = folder.resolve("locks/blob.lock");
        Path inside = folder.resolve("inside");
        Callable<Path> visit = () -> {
            try (var _ = BlobLock.acquire(file)) {
                Files.createFile(inside);
                Files.delete(inside);
                return inside;
            }
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(Collections.nCopies(8, visit)))
                    .allSatisfy(visited -> assertThat(visited.get()).isEqualTo(inside));
        }
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
            var acquired = new AtomicInteger();
            Thread waiting = Thread.ofVirtual().start(() -> {
                try (var _ = BlobLock.acquire(file)) {
                    acquired.set(other.isAlive() ? -1 : 1);
                } catch (Exception e) {
                    acquired.set(-2);
                }
            });
            await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
            assertThat(acquired).hasValue(0);
            other.destroyForcibly().waitFor();
            waiting.join();
            assertThat(acquired).hasValue(1);
        } finally {
            other.destroyForcibly();
        }
    }
}
