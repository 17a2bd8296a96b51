package dev.confab.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.WeightFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model just large enough for its converted weights to be kept: 17 million parameters, 68 MB in floats. */
final class CachedLoadingTest {
    private static final Gpt2Config CONFIG = Gpt2Config.of(32_000, 16, 512, 1, 8);
    private static final long BOUND = 1L << 30;

    @TempDir
    static Path folder;

    private static Path checkpoint;
    private static float[] expected;

    @BeforeAll
    static void writeCheckpoint() throws IOException {
        checkpoint = folder.resolve("checkpoint");
        new WrittenCheckpoint(CONFIG, "transformer.").write(checkpoint);
        expected = load(Optional.empty()).logits();
    }

    /** What one load did: how often progress was told, the bytes it added up to, and what the model then answers. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by hand.
    private record Loaded(int reports, long bytes, float[] logits) {}

    private static Loaded load(Optional<WeightCache> cache) {
        return load(cache, Optional.empty());
    }

    private static Loaded load(Optional<WeightCache> cache, Optional<LoraAdapter> adapter) {
        var reports = new ArrayList<Long>();
        var options = new LoadOptions(
                Optional.of(WeightFormat.F32), 2, KernelSets.best(), 0, cache, bytes -> reports.add(bytes));
        try (Gpt2 model = Gpt2Loader.load(checkpoint, adapter, options)) {
            assertThat(reports.stream().mapToLong(Long::longValue).sum())
                    .isBetween(
                            Gpt2Loader.workingBytes(CONFIG, options) / 100 * 99,
                            Gpt2Loader.workingBytes(CONFIG, options));
            return new Loaded(
                    reports.size(),
                    reports.stream().mapToLong(Long::longValue).sum(),
                    TestModels.logits(model, new int[] {1, 2, 3}, 1)[0]);
        }
    }

    private static List<Path> files(WeightCache cache) throws IOException {
        try (var listing = Files.list(cache.folder())) {
            return listing.toList();
        }
    }

    @Test
    void theSecondLoadMapsWhatTheFirstConverted() throws IOException {
        var cache = new WeightCache(folder.resolve("second"), BOUND);
        Loaded first = load(Optional.of(cache));
        Path file = files(cache).getFirst();
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, longAgo);
        Loaded second = load(Optional.of(cache));
        // One report for each tensor that is converted, one for all that are mapped.
        assertThat(first.reports()).isGreaterThan(10);
        assertThat(second.reports()).isEqualTo(1);
        assertThat(first.logits()).containsExactly(expected);
        assertThat(second.logits()).containsExactly(expected);
        assertThat(files(cache)).containsExactly(file);
        assertThat(Files.getLastModifiedTime(file)).isGreaterThan(longAgo);
    }

    @Test
    void anAdapterHasAFileOfItsOwn() throws IOException {
        var cache = new WeightCache(folder.resolve("adapted"), BOUND);
        load(Optional.of(cache));
        Optional<LoraAdapter> adapter = Optional.of(LoraAdapter.read(new WrittenAdapter("", 2, "c_attn")
                .matrix("h.0.attn.c_attn.weight", 512, 1536)
                .write(folder.resolve("adapter"))));
        Loaded first = load(Optional.of(cache), adapter);
        Loaded second = load(Optional.of(cache), adapter);
        assertThat(first.logits()).isNotEqualTo(expected);
        assertThat(second.reports()).isEqualTo(1);
        assertThat(second.logits()).containsExactly(first.logits());
        assertThat(files(cache)).hasSize(2);
    }

    @Test
    void aCacheFileOfAnotherSizeIsReplaced() throws IOException {
        var cache = new WeightCache(folder.resolve("size"), BOUND);
        load(Optional.of(cache));
        Path file = files(cache).getFirst();
        Files.write(file, new byte[100]);
        Loaded again = load(Optional.of(cache));
        assertThat(again.reports()).isGreaterThan(10);
        assertThat(again.logits()).containsExactly(expected);
        assertThat(load(Optional.of(cache)).reports()).isEqualTo(1);
    }

    @Test
    void withoutAFolderToWriteToTheModelIsConvertedInMemory() throws IOException {
        Path file = Files.writeString(folder.resolve("in-the-way"), "");
        Loaded loaded = load(Optional.of(new WeightCache(file.resolve("weights"), BOUND)));
        assertThat(loaded.logits()).containsExactly(expected);
        Loaded bounded = load(Optional.of(new WeightCache(folder.resolve("bounded"), 1000)));
        assertThat(bounded.logits()).containsExactly(expected);
        assertThat(files(new WeightCache(folder.resolve("bounded"), 1000))).isEmpty();
    }

    @Test
    void twoThatLoadAtOnceBothGetTheModelAndLeaveOneFile() throws Exception {
        var cache = new WeightCache(folder.resolve("both"), BOUND);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var loads = new ArrayList<Future<Loaded>>();
            for (int i = 0; i < 2; i++) {
                loads.add(threads.submit(() -> load(Optional.of(cache))));
            }
            for (Future<Loaded> loaded : loads) {
                assertThat(loaded.get().logits()).containsExactly(expected);
            }
        }
        assertThat(files(cache)).hasSize(1);
    }
}
