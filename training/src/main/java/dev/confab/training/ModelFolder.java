package dev.confab.training;

import dev.confab.engine.checkpoint.DataType;
import dev.confab.engine.checkpoint.SafetensorsWriter;
import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.model.Gpt2ConfigFile;
import dev.confab.engine.model.TensorNames;
import dev.confab.engine.tokenizer.Tokenizer;
import dev.confab.training.gradient.Parameter;
import dev.confab.training.gradient.ParameterLayout;
import java.nio.file.Path;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A folder in Hugging Face's form, which the engine loads, and so does Python's transformers. */
final class ModelFolder {
    private static final String PREFIX = "transformer.";
    private static final ObjectWriter JSON = JsonMapper.shared().writerWithDefaultPrettyPrinter();

    private final Path folder;

    ModelFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes what does not change during a run: configurations and tokenizer. */
    void writeSettings(Gpt2Config config, float dropout, Tokenizer tokenizer) {
        AtomicFile.write(
                folder.resolve(Gpt2ConfigFile.NAME),
                JSON.writeValueAsString(Gpt2ConfigFile.toJson(config, dropout).put("torch_dtype", "float32")));
        ObjectNode generation = JsonMapper.shared().createObjectNode().put("_from_model_config", true);
        config.bosTokenId().ifPresent(id -> generation.put("bos_token_id", id));
        config.eosTokenId().ifPresent(id -> generation.put("eos_token_id", id));
        AtomicFile.write(folder.resolve("generation_config.json"), JSON.writeValueAsString(generation));
        tokenizer.withModelMaxLength(config.positions()).save(folder);
    }

    /** Writes the weights. */
    void writeWeights(ParameterLayout layout, float[] values) {
        var writer = new SafetensorsWriter();
        for (Parameter parameter : layout.parameters()) {
            String name = parameter.name().equals(TensorNames.HEAD) ? parameter.name() : PREFIX + parameter.name();
            writer.tensor(name, DataType.F32, parameter.shape(), values, parameter.offset());
        }
        writer.write(folder.resolve("model.safetensors"));
    }

    /** Writes the model card. */
    void writeCard(String card) {
        AtomicFile.write(folder.resolve("README.md"), card);
    }
}
