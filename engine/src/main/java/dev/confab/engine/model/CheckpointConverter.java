package dev.confab.engine.model;

import dev.confab.engine.checkpoint.Checkpoint;
import dev.confab.engine.checkpoint.EightBitScheme;
import dev.confab.engine.checkpoint.SafetensorsWriter;
import dev.confab.engine.checkpoint.TensorReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Writes the weights of a checkpoint anew, in another number format, with transformers' names. Stateless. */
public final class CheckpointConverter {
    private CheckpointConverter() {}

    /**
     * Writes a checkpoint's weights to a safetensors file. No more than a few rows are in memory at once.
     *
     * @param location a folder with {@code config.json} and weights, or a weight file beside a {@code config.json}
     * @param adapter merged into the weights, if there is one
     * @param file where they go; must not be the file that is read
     * @param progress told how many bytes were written, bit by bit: as many in all as the model's {@linkplain
     *     Gpt2Config#parameterCount parameters} of the {@linkplain CheckpointFormat#byteSize format's size}
     * @throws dev.confab.engine.error.ConfabException if the checkpoint cannot be read, or the file not be written
     */
    public static void convert(
            Path location, Optional<LoraAdapter> adapter, CheckpointFormat format, Path file, LongConsumer progress) {
        Path folder = Files.isDirectory(location)
                ? location
                : Objects.requireNonNull(location.toAbsolutePath().getParent());
        Gpt2Config config = Gpt2ConfigFile.read(folder);
        try (Checkpoint checkpoint = Checkpoint.open(location)) {
            var weights = new CheckpointWeights(checkpoint, config, location, adapter.orElse(null));
            weights.requireAll();
            var writer = new SafetensorsWriter();
            if (format == CheckpointFormat.Q8) {
                writer.metadata(EightBitScheme.SCHEME_KEY, EightBitScheme.SCHEME)
                        .metadata(EightBitScheme.VERSION_KEY, EightBitScheme.VERSION);
            }
            for (String name : weights.names()) {
                add(writer, name, weights, format, progress);
            }
            writer.write(file);
        }
    }

    private static void add(
            SafetensorsWriter writer,
            String name,
            CheckpointWeights weights,
            CheckpointFormat format,
            LongConsumer progress) {
        String published = TensorNames.published(name);
        List<Integer> shape = weights.shape(name);
        // Positions are looked up and never multiplied with, so the engine keeps them as floats.
        boolean multiplied = shape.size() == 2 && !name.equals(TensorNames.POSITION_EMBEDDING);
        if (format == CheckpointFormat.Q8 && multiplied) {
            var matrix = new EightBitMatrix(weights.reader(name), shape, TensorNames.isLinear(name));
            writer.tensor(published, format.matrixType(), shape, reporting(matrix::readIntegers, format, progress));
            writer.tensor(
                    published + EightBitScheme.SCALES, format.vectorType(), matrix.scalesShape(), matrix::readScales);
        } else {
            writer.tensor(published, format.vectorType(), shape, reporting(weights.reader(name), format, progress));
        }
    }

    private static TensorReader reporting(TensorReader reader, CheckpointFormat format, LongConsumer progress) {
        return (start, destination, offset, count) -> {
            reader.readFloats(start, destination, offset, count);
            progress.accept((long) count * format.byteSize());
        };
    }
}
