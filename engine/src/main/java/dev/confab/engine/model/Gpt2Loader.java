package dev.confab.engine.model;

import dev.confab.engine.checkpoint.Checkpoint;
import dev.confab.engine.tensor.WeightFormat;
import dev.confab.engine.tensor.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Makes a {@link Gpt2} from a checkpoint on disk, or from chance. */
public final class Gpt2Loader {
    /** Changed whenever weights are converted differently, so that old files are not taken for new ones. */
    private static final String LAYOUT_VERSION = "2";

    /** Below this size conversion is quicker than looking after a cached file. */
    private static final long WORTH_CACHING_BYTES = 64 << 20;

    private Gpt2Loader() {}

    /**
     * Loads a checkpoint.
     *
     * @param location a folder with {@code config.json} and weights, or a weight file beside a {@code config.json}
     * @throws dev.confab.engine.error.ConfabException if something is missing, broken or of another kind
     */
    public static Gpt2 load(Path location, LoadOptions options) {
        return load(location, Optional.empty(), options);
    }

    /**
     * Loads a checkpoint with an adapter merged in.
     *
     * @param location a folder with {@code config.json} and weights, or a weight file beside a {@code config.json}
     * @param adapter merged into the weights, if there is one
     * @throws dev.confab.engine.error.ConfabException if something is missing, broken or of another kind, or the adapter
     *     is for another model
     */
    public static Gpt2 load(Path location, Optional<LoraAdapter> adapter, LoadOptions options) {
        return load(location, adapter, options, Set.of());
    }

    /**
     * Loads what a sequence classifier shares with a language model; its own head is left in the checkpoint.
     *
     * @param location a folder with {@code config.json} and weights, or a weight file beside a {@code config.json}
     * @throws dev.confab.engine.error.ConfabException if something is missing, broken or of another kind
     */
    public static Gpt2 loadClassifier(Path location, LoadOptions options) {
        return load(location, Optional.empty(), options, Set.of(TensorNames.SCORE));
    }

    private static Gpt2 load(Path location, Optional<LoraAdapter> adapter, LoadOptions options, Set<String> besides) {
        Path folder = Files.isDirectory(location)
                ? location
                : Objects.requireNonNull(location.toAbsolutePath().getParent());
        Gpt2Config config = Gpt2ConfigFile.read(folder);
        WeightFormat format = options.formatFor(config);
        var plan = new WeightPlan(config, format);
        return build(config, format, options, (memory, pool) -> {
            try (Checkpoint checkpoint = Checkpoint.open(location)) {
                var weights = new CheckpointWeights(checkpoint, config, location, adapter.orElse(null));
                besides.forEach(weights::allow);
                weights.requireAll();
                Optional<WeightCache> cache = options.cache().filter(c -> plan.bytes() >= WORTH_CACHING_BYTES);
                if (cache.isPresent()) {
                    String key = key(checkpoint, adapter, config, format, options);
                    Optional<MemorySegment> mapped = cache.get().find(key, plan.bytes(), memory);
                    if (mapped.isEmpty()
                            && cache.get()
                                    .store(
                                            key,
                                            plan.bytes(),
                                            m -> plan.fill(m, weights, options.kernels(), pool, options.progress()))) {
                        mapped = cache.get().find(key, plan.bytes(), memory);
                    } else if (mapped.isPresent()) {
                        options.progress().accept(plan.bytes());
                    }
                    if (mapped.isPresent()) {
                        return plan.view(mapped.get());
                    }
                }
                MemorySegment anonymous = memory.allocate(plan.bytes(), 64);
                plan.fill(anonymous, weights, options.kernels(), pool, options.progress());
                return plan.view(anonymous);
            }
        });
    }

    /** A model of this architecture with random weights, for measuring speed. */
    public static Gpt2 random(Gpt2Config config, LoadOptions options) {
        WeightFormat format = options.formatFor(config);
        var plan = new WeightPlan(config, format);
        return build(config, format, options, (memory, pool) -> {
            MemorySegment anonymous = memory.allocate(plan.bytes(), 64);
            plan.fill(anonymous, new RandomWeights(), options.kernels(), pool, options.progress());
            return plan.view(anonymous);
        });
    }

    /** How many bytes the weights of a model take once they are loaded. */
    public static long workingBytes(Gpt2Config config, LoadOptions options) {
        return new WeightPlan(config, options.formatFor(config)).bytes();
    }

    private static String key(
            Checkpoint checkpoint,
            Optional<LoraAdapter> adapter,
            Gpt2Config config,
            WeightFormat format,
            LoadOptions options) {
        var fingerprint = new Fingerprint()
                .add(LAYOUT_VERSION)
                .add(options.kernels().layout())
                .add(format.label())
                .add(config.toString());
        checkpoint.files().forEach(fingerprint::add);
        adapter.ifPresent(lora -> fingerprint.add(lora.config().toString()).add(lora.file()));
        return fingerprint.hex();
    }

    /** Puts weights in place, given memory to put them in and workers to share the conversion. */
    @FunctionalInterface
    private interface WeightsInto {
        Gpt2Weights put(Arena memory, WorkerPool pool);
    }

    private static Gpt2 build(Gpt2Config config, WeightFormat format, LoadOptions options, WeightsInto weights) {
        Arena memory = Arena.ofShared();
        var pool = new WorkerPool(options.threads());
        boolean built = false;
        try {
            var model = new Gpt2(
                    config,
                    format,
                    weights.put(memory, pool),
                    memory,
                    options.kernels(),
                    pool,
                    options.keyValueBytes());
            built = true;
            return model;
        } finally {
            if (!built) {
                pool.close();
                memory.close();
            }
        }
    }
}
