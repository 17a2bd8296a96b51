package dev.confab.training.tuning;

import dev.confab.engine.checkpoint.DataType;
import dev.confab.engine.checkpoint.SafetensorsWriter;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.model.LoraAdapter;
import dev.confab.engine.model.LoraConfig;
import dev.confab.training.gradient.Parameter;
import dev.confab.training.gradient.ParameterLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes adapters as Python's PEFT does, which loads them, as Confab does. Stateless. */
public final class AdapterFolder {
    private AdapterFolder() {}

    /**
     * Writes {@code adapter_model.safetensors} and {@code adapter_config.json}.
     *
     * @param folder created if it is missing
     * @param layout of a {@link LoraTuning}
     * @param parameters laid out by it
     * @throws ConfabException if that fails
     */
    public static void write(Path folder, LoraConfig config, ParameterLayout layout, float[] parameters) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ConfabException(folder + ": cannot be made: " + e, e);
        }
        var writer = new SafetensorsWriter();
        for (Parameter parameter : layout.parameters()) {
            addTransposed(writer, tensorName(parameter), parameter, parameters);
        }
        writer.write(folder.resolve(LoraAdapter.WEIGHTS));
        config.write(folder);
    }

    private static String tensorName(Parameter parameter) {
        String name = parameter.name();
        boolean isA = name.endsWith(LoraTuning.A);
        String matrix = name.substring(0, name.length() - (isA ? LoraTuning.A : LoraTuning.B).length());
        return LoraAdapter.tensorName(matrix, isA ? 'A' : 'B');
    }

    /** PEFT keeps A as {@code [rank, inputs]} and B as {@code [outputs, rank]}. */
    private static void addTransposed(SafetensorsWriter writer, String name, Parameter parameter, float[] parameters) {
        int rows = parameter.shape().get(0);
        int columns = parameter.shape().get(1);
        writer.tensor(name, DataType.F32, List.of(columns, rows), (start, destination, offset, count) -> {
            for (int i = 0; i < count; i++) {
                int at = (int) start + i;
                destination[offset + i] = parameters[parameter.offset() + at % rows * columns + at / rows];
            }
        });
    }
}
