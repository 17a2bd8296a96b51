package dev.confab.engine.model;

import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.WeightFormat;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * How a model is to be loaded.
 *
 * @param weights the format of the weights; if empty, {@code q8} above 100 million parameters and {@code f32} below
 * @param threads how many threads share a forward pass, at least 1
 * @param kernels the kernel set
 * @param keyValueBytes bound on the memory for keys and values of all conversations together
 * @param cache where converted weights are kept; if empty, they are converted at each start
 * @param progress told how many of the {@link Gpt2Loader#workingBytes working bytes} are done, bit by bit
 */
public record LoadOptions(
        Optional<WeightFormat> weights,
        int threads,
        Kernels kernels,
        long keyValueBytes,
        Optional<WeightCache> cache,
        LongConsumer progress) {
    private static final long LARGE = 100_000_000;

    /** The format to load this model in. */
    WeightFormat formatFor(Gpt2Config config) {
        return weights.orElse(config.parameterCount() > LARGE ? WeightFormat.Q8 : WeightFormat.F32);
    }
}
