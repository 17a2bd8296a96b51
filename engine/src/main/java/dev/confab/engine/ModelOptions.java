package dev.confab.engine;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.hub.Hub;
import dev.confab.engine.hub.HubOptions;
import dev.confab.engine.hub.Progress;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.Processors;
import dev.confab.engine.tensor.WeightFormat;
import java.util.Optional;

/**
 * How a model is found and loaded. Begin with {@link #defaults}.
 *
 * @param revision the revision on the hub: a branch, a tag or a commit
 * @param weights the format of the weights; if empty, {@code q8} above 100 million parameters and {@code f32} below
 * @param threads how many threads share a forward pass, 1 to 256
 * @param kernels the kernel set
 * @param keyValueBytes the bound on the memory for keys and values of all conversations together; one sequence of the
 *     model's full length always fits
 * @param weightCacheBytes the bound on the folder of converted weights; 0 keeps none
 * @param hub where models come from
 * @param progress told how downloads and loading go on
 */
public record ModelOptions(
        String revision,
        Optional<WeightFormat> weights,
        int threads,
        Kernels kernels,
        long keyValueBytes,
        long weightCacheBytes,
        HubOptions hub,
        Progress progress) {
    private static final long DEFAULT_KEY_VALUE_BYTES = 2L << 30;
    private static final long DEFAULT_WEIGHT_CACHE_BYTES = 16L << 30;
    private static final int MOST_THREADS = 256;

    /**
     * Checks the ranges.
     *
     * @throws ConfabException if a number is out of range
     */
    public ModelOptions {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new ConfabException("threads: " + threads + "; choose 1 to " + MOST_THREADS);
        }
        if (keyValueBytes < 0 || weightCacheBytes < 0) {
            throw new ConfabException(
                    "memory bounds: " + keyValueBytes + " and " + weightCacheBytes + " bytes; choose 0 or more");
        }
    }

    /**
     * What suits this machine: the main revision, a thread for each physical core, the best kernels, at most 2 GiB of
     * keys and values, at most 16 GiB of converted weights beside the hub's cache, the hub as the environment names it.
     */
    public static ModelOptions defaults() {
        return new ModelOptions(
                Hub.DEFAULT_REVISION,
                Optional.empty(),
                Processors.physicalCores(),
                KernelSets.best(),
                DEFAULT_KEY_VALUE_BYTES,
                DEFAULT_WEIGHT_CACHE_BYTES,
                HubOptions.fromEnvironment(),
                Progress.NONE);
    }

    /** With another revision. */
    public ModelOptions withRevision(String revision) {
        return new ModelOptions(revision, weights, threads, kernels, keyValueBytes, weightCacheBytes, hub, progress);
    }

    /** With a format of the weights. */
    public ModelOptions withWeights(WeightFormat weights) {
        return new ModelOptions(
                revision, Optional.of(weights), threads, kernels, keyValueBytes, weightCacheBytes, hub, progress);
    }

    /** With another number of threads. */
    public ModelOptions withThreads(int threads) {
        return new ModelOptions(revision, weights, threads, kernels, keyValueBytes, weightCacheBytes, hub, progress);
    }

    /** With another kernel set; see {@link KernelSets#of}. */
    public ModelOptions withKernels(Kernels kernels) {
        return new ModelOptions(revision, weights, threads, kernels, keyValueBytes, weightCacheBytes, hub, progress);
    }

    /** With another bound on keys and values. */
    public ModelOptions withKeyValueBytes(long keyValueBytes) {
        return new ModelOptions(revision, weights, threads, kernels, keyValueBytes, weightCacheBytes, hub, progress);
    }

    /** With another bound on converted weights; 0 keeps none. */
    public ModelOptions withWeightCacheBytes(long weightCacheBytes) {
        return new ModelOptions(revision, weights, threads, kernels, keyValueBytes, weightCacheBytes, hub, progress);
    }

    /** With another hub. */
    public ModelOptions withHub(HubOptions hub) {
        return new ModelOptions(revision, weights, threads, kernels, keyValueBytes, weightCacheBytes, hub, progress);
    }

    /** With someone who is told how it goes on. */
    public ModelOptions withProgress(Progress progress) {
        return new ModelOptions(revision, weights, threads, kernels, keyValueBytes, weightCacheBytes, hub, progress);
    }
}
