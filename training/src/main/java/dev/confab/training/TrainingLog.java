package dev.confab.training;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run's log in JSON Lines: a line for each step, and one for each validation. A run that is taken up again drops the
 * lines of steps that were lost, and so its log is that of an uninterrupted one.
 */
final class TrainingLog implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;
    private final BufferedWriter writer;

    private TrainingLog(Path file, BufferedWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /**
     * Opens a log, of which the lines up to a step are kept.
     *
     * @throws TrainingException if it cannot be read or written
     */
    static TrainingLog open(Path file, long step) {
        try {
            var kept = new StringBuilder();
            for (JsonNode line : read(file)) {
                if (line.path("step").asLong() <= step) {
                    kept.append(line).append('\n');
                }
            }
            AtomicFile.write(file, kept.toString());
            return new TrainingLog(file, Files.newBufferedWriter(file, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new TrainingException(file + ": cannot be written: " + e, e);
        }
    }

    /** The lines of a log; a last one that was cut off is left out. */
    static List<JsonNode> read(Path file) throws IOException {
        var lines = new ArrayList<JsonNode>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                try {
                    lines.add(JSON.readTree(line));
                } catch (JacksonException e) {
                    break;
                }
            }
        }
        return lines;
    }

    void write(TrainingListener.Step step) {
        write(JSON.createObjectNode()
                .put("step", step.step())
                .put("epoch", step.epoch())
                .put("loss", step.loss())
                .put("gradient_norm", step.gradientNorm())
                .put("learning_rate", step.learningRate())
                .put("tokens", step.tokens())
                .put("tokens_per_second", step.tokensPerSecond())
                .put("seconds", step.seconds()));
    }

    void write(TrainingListener.Validation validation) {
        write(JSON.createObjectNode()
                .put("step", validation.step())
                .put("validation_loss", validation.loss())
                .put("best", validation.best()));
    }

    private void write(ObjectNode line) {
        try {
            writer.write(line.toString());
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw new TrainingException(file + ": cannot be written: " + e + "; is the disk full?", e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new TrainingException(file + ": cannot be closed: " + e, e);
        }
    }
}
