package dev.confab.training;

import dev.confab.engine.checkpoint.Checkpoint;
import dev.confab.engine.checkpoint.DataType;
import dev.confab.engine.checkpoint.SafetensorsWriter;
import dev.confab.engine.checkpoint.StoredTensor;
import dev.confab.training.gradient.Parameter;
import dev.confab.training.gradient.ParameterLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The state of a run in one file, so that it is either the old or the new one: parameters, both moments of the optimiser,
 * and the position.
 */
final class SavedState {
    private static final String POSITION = "position";
    private static final String RUN = "run";
    private static final List<String> PARTS = List.of("parameters.", "means.", "variances.");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;
    private final ParameterLayout layout;
    private final String run;

    /**
     * A state that is or will be in a file.
     *
     * @param run what the run was asked to do: only one that was asked the same can go on
     */
    SavedState(Path file, ParameterLayout layout, String run) {
        this.file = file;
        this.layout = layout;
        this.run = run;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Writes parameters, means and variances, each laid out by the layout. */
    void write(Position position, float[]... numbers) {
        var writer = new SafetensorsWriter()
                .metadata(POSITION, JSON.writeValueAsString(position))
                .metadata(RUN, run);
        for (int part = 0; part < PARTS.size(); part++) {
            for (Parameter parameter : layout.parameters()) {
                writer.tensor(
                        PARTS.get(part) + parameter.name(),
                        DataType.F32,
                        parameter.shape(),
                        numbers[part],
                        parameter.offset());
            }
        }
        writer.write(file);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws TrainingException if it is of another run
     */
    Position read(float[]... numbers) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            String other = checkpoint.metadata().get(RUN);
            if (!run.equals(other)) {
                throw new TrainingException(file + " is of another run and cannot be continued: it was " + other
                        + ", asked for is " + run + "; ask for the same, or choose another output folder");
            }
            for (int part = 0; part < PARTS.size(); part++) {
                for (Parameter parameter : layout.parameters()) {
                    String name = PARTS.get(part) + parameter.name();
                    StoredTensor tensor = checkpoint
                            .tensor(name)
                            .orElseThrow(() -> new TrainingException(file + ": '" + name + "' is missing"));
                    tensor.readFloats(0, numbers[part], parameter.offset(), parameter.size());
                    tensor.release();
                }
            }
            return JSON.readValue(checkpoint.metadata().getOrDefault(POSITION, ""), Position.class);
        } catch (JacksonException e) {
            throw new TrainingException(file + ": its position cannot be read: " + e, e);
        }
    }
}
