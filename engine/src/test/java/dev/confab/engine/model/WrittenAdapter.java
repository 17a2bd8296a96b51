package dev.confab.engine.model;

import dev.confab.engine.checkpoint.DataType;
import dev.confab.engine.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** An adapter that a test writes itself, right or with a fault. */
public final class WrittenAdapter {
    private final SafetensorsWriter writer = new SafetensorsWriter();
    private final LoraConfig config;

    public WrittenAdapter(String base, int rank, String... targets) {
        config = new LoraConfig(base, rank, 2.0 * rank, false, List.of(targets));
    }

    /** Adds A and B of a matrix, with random numbers of which {@link #factor} tells. */
    public WrittenAdapter matrix(String name, int inputs, int outputs) {
        return tensor(LoraAdapter.tensorName(name, 'A'), config.rank(), inputs)
                .tensor(LoraAdapter.tensorName(name, 'B'), outputs, config.rank());
    }

    WrittenAdapter tensor(String name, int rows, int columns) {
        writer.tensor(name, DataType.F32, List.of(rows, columns), factor(name, rows * columns), 0);
        return this;
    }

    static float[] factor(String name, int size) {
        var random = new SplittableRandom(name.hashCode());
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        writer.write(folder.resolve("adapter_model.safetensors"));
        config.write(folder);
        return folder;
    }
}
