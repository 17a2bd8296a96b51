package dev.confab.engine;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.GenerationConfigJson;
import dev.confab.engine.hub.ModelFiles;
import dev.confab.engine.hub.Progress;
import dev.confab.engine.model.CheckpointConverter;
import dev.confab.engine.model.CheckpointFormat;
import dev.confab.engine.model.Gpt2ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a model to a folder of its own, with its weights in another number format: a folder as transformers writes it,
 * or, with 8-bit weights, one for Confab. An adapter is written merged into its base. Stateless.
 *
 * <pre>{@code
 * ModelConverter.convert("microsoft/DialoGPT-medium", CheckpointFormat.Q8, Path.of("small"), ModelOptions.defaults());
 * }</pre>
 */
public final class ModelConverter {
    private static final String WEIGHTS = "model.safetensors";
    private static final String README = "README.md";
    private static final List<String> COPIED = List.of(
            GenerationConfigJson.FILE_NAME,
            "vocab.json",
            "merges.txt",
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json");

    private ModelConverter() {}

    /**
     * Writes a model.
     *
     * @param nameOrFolder as for {@link LanguageModel#fromPretrained}
     * @param folder where the model goes; created if it is missing, and must be empty
     * @param options where models come from, the revision, and who is told how it goes on; the rest is of no account
     * @throws ConfabException if the model cannot be found or read, or the folder not be written
     */
    public static void convert(String nameOrFolder, CheckpointFormat format, Path folder, ModelOptions options) {
        var source = ModelSource.resolve(
                nameOrFolder, options.revision(), ModelFiles.MODEL, options.hub(), options.progress());
        long bytes = source.config().parameterCount() * format.byteSize();
        try {
            prepare(folder);
            Progress progress = options.progress();
            progress.started("writing " + folder, bytes);
            try {
                CheckpointConverter.convert(
                        source.weights(), source.readAdapter(), format, folder.resolve(WEIGHTS), progress::advanced);
            } finally {
                progress.finished();
            }
            for (String name : COPIED) {
                Optional<Path> file = source.file(name);
                if (file.isPresent()) {
                    Files.copy(file.get(), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.writeString(folder.resolve(README), readme(source, nameOrFolder, format));
            // Last, as a folder with a configuration looks like a whole model.
            Files.writeString(folder.resolve(Gpt2ConfigFile.NAME), config(source.folder(), format));
        } catch (IOException e) {
            throw new ConfabException(
                    folder + ": cannot be written: " + e + "; is the disk full, or the folder not yours?", e);
        }
    }

    private static void prepare(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new ConfabException(folder + ": has files already; choose another folder, or delete it first");
            }
        }
    }

    /** The same model, but for the type of its weights; transformers warns of a quantization that it does not know. */
    private static String config(Path source, CheckpointFormat format) throws IOException {
        var mapper = JsonMapper.shared();
        var config = (ObjectNode) mapper.readTree(Files.readString(source.resolve(Gpt2ConfigFile.NAME)));
        config.put("model_type", "gpt2");
        config.remove("quantization_config");
        config.put(
                "torch_dtype",
                switch (format) {
                    case F32, Q8 -> "float32";
                    case F16 -> "float16";
                    case BF16 -> "bfloat16";
                });
        if (format == CheckpointFormat.Q8) {
            config.putObject("quantization_config").put("quant_method", "confab-q8");
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n";
    }

    private static String readme(ModelSource source, String name, CheckpointFormat format) throws IOException {
        Optional<Path> original = source.file(README);
        String card = original.isPresent()
                ? Files.readString(original.get()).stripTrailing() + "\n"
                : "# " + Path.of(name).getFileName() + "\n";
        String what = switch (format) {
            case Q8 ->
                "8-bit integers with a scale for each 64 inputs of an output. Confab runs them as they are;"
                        + " `confab model convert --weights f32` makes a folder of them that others read.";
            case F32, F16, BF16 -> "`" + format.label() + "`. Transformers loads this folder, and so does Confab.";
        };
        return card + "\n## Weights\n\nConverted from `" + name + "` by Confab; the weights are " + what + "\n";
    }
}
