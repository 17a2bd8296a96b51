package dev.confab.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WeightCacheTest {
    private static final long SIZE = 1000;

    @TempDir
    Path folder;

    private WeightCache cache() {
        return new WeightCache(folder.resolve("weights"), 3 * SIZE);
    }

    private static Consumer<MemorySegment> filledWith(int value) {
        return memory -> memory.fill((byte) value);
    }

    /** The first and the last byte of a key's file; null if there is none. */
    private static List<Integer> read(WeightCache cache, String key) {
        try (Arena arena = Arena.ofConfined()) {
            return cache.find(key, SIZE, arena)
                    .map(m -> List.of(
                            (int) m.get(ValueLayout.JAVA_BYTE, 0), (int) m.get(ValueLayout.JAVA_BYTE, SIZE - 1)))
                    .orElse(List.of());
        }
    }

    private static List<String> files(WeightCache cache) throws IOException {
        try (var listing = Files.list(cache.folder())) {
            return listing.map(f -> f.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }

    private static void age(WeightCache cache, String name, Duration age) throws IOException {
        Files.setLastModifiedTime(
                cache.folder().resolve(name), FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void whatWasStoredIsFoundAndReadOnly() throws IOException {
        WeightCache cache = cache();
        assertThat(read(cache, "a")).isEmpty();
        assertThat(cache.store("a", SIZE, filledWith(7))).isTrue();
        assertThat(read(cache, "a")).containsExactly(7, 7);
        assertThat(files(cache)).containsExactly("a.weights");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = cache.find("a", SIZE, arena).orElseThrow();
            assertThat(found.isReadOnly()).isTrue();
        }
    }

    @Test
    void aFileOfAnotherSizeIsIgnoredAndReplaced() throws IOException {
        WeightCache cache = cache();
        cache.store("a", SIZE, filledWith(7));
        Files.write(cache.folder().resolve("a.weights"), new byte[(int) SIZE - 1]);
        assertThat(read(cache, "a")).isEmpty();
        assertThat(cache.store("a", SIZE, filledWith(8))).isTrue();
        assertThat(read(cache, "a")).containsExactly(8, 8);
    }

    @Test
    void whatWasUsedLongestAgoMakesRoom() throws IOException {
        WeightCache cache = cache();
        for (String key : List.of("a", "b", "c")) {
            cache.store(key, SIZE, filledWith(1));
        }
        age(cache, "a.weights", Duration.ofHours(3));
        age(cache, "b.weights", Duration.ofHours(2));
        age(cache, "c.weights", Duration.ofHours(1));
        assertThat(read(cache, "a")).isNotEmpty();
        cache.store("d", SIZE, filledWith(1));
        assertThat(files(cache)).containsExactly("a.weights", "c.weights", "d.weights");
        Files.writeString(cache.folder().resolve("note.txt"), "not ours");
        cache.store("e", 2 * SIZE, filledWith(1));
        assertThat(files(cache)).contains("e.weights", "note.txt").hasSize(3);
    }

    @Test
    void moreThanTheBoundIsNotStored() throws IOException {
        WeightCache cache = cache();
        cache.store("a", SIZE, filledWith(1));
        assertThat(cache.store("b", 3 * SIZE + 1, filledWith(1))).isFalse();
        assertThat(files(cache)).containsExactly("a.weights");
    }

    @Test
    void anErrorWhileFillingLeavesNothingBehind() throws IOException {
        WeightCache cache = cache();
        assertThatThrownBy(() -> cache.store("a", SIZE, memory -> {
                    memory.fill((byte) 1);
                    throw new ConfabException("tensor is missing");
                }))
                .isInstanceOf(ConfabException.class)
                .hasMessage("tensor is missing");
        assertThat(files(cache)).isEmpty();
        assertThat(read(cache, "a")).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftBehindIsDeletedAfterAWhile() throws IOException {
        WeightCache cache = cache();
        Files.createDirectories(cache.folder());
        Files.write(cache.folder().resolve("a123.partial"), new byte[10]);
        Files.write(cache.folder().resolve("b456.partial"), new byte[10]);
        age(cache, "a123.partial", Duration.ofHours(7));
        cache.store("c", SIZE, filledWith(1));
        // The other may belong to a process that is still at work.
        assertThat(files(cache)).containsExactly("b456.partial", "c.weights");
    }

    @Test
    void aFolderThatCannotBeMadeIsSurvived() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        var cache = new WeightCache(file.resolve("weights"), 10 * SIZE);
        assertThat(cache.store("a", SIZE, filledWith(1))).isFalse();
        assertThat(read(cache, "a")).isEmpty();
        assertThat(Files.readString(file)).isEqualTo("in the way");
    }

    @Test
    void aKeyThatIsAPathIsRefused() {
        assertThatThrownBy(() -> cache().store("../a", SIZE, filledWith(1)))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("../a");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void severalThatStoreTheSameKeyAtOnceLeaveOneWholeFile() throws Exception {
        WeightCache cache = cache();
        int writers = 4;
        var filling = new CyclicBarrier(writers);
        try (var threads = Executors.newFixedThreadPool(writers)) {
            var results = new ArrayList<Future<Boolean>>();
            for (int writer = 1; writer <= writers; writer++) {
                int value = writer;
                results.add(threads.submit(() -> cache.store("a", SIZE, memory -> {
                    try {
                        filling.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    memory.fill((byte) value);
                })));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        }
        assertThat(files(cache)).containsExactly("a.weights");
        List<Integer> ends = read(cache, "a");
        assertThat(ends.get(0)).isBetween(1, writers).isEqualTo(ends.get(1));
    }
}
