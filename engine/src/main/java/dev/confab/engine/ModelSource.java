package dev.confab.engine;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.hub.Hub;
import dev.confab.engine.hub.HubOptions;
import dev.confab.engine.hub.ModelFiles;
import dev.confab.engine.hub.Progress;
import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.model.Gpt2ConfigFile;
import dev.confab.engine.model.LoraAdapter;
import dev.confab.engine.model.LoraConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the files of a model are: a folder, or two if it is an adapter and its base.
 *
 * @param weights the folder or file of the weights
 * @param folder the folder of the configuration that belongs to them
 * @param adapter the folder of the adapter, if there is one
 */
public record ModelSource(Path weights, Path folder, Optional<Path> adapter) {
    private static final List<String> TOKENIZER = List.of("tokenizer.json", "vocab.json");

    /**
     * Finds a model's files, and fetches them if need be.
     *
     * @param nameOrFolder as for {@link LanguageModel#fromPretrained}
     * @param revision on the hub; an adapter's base is taken in its default revision
     * @param files which of the files are needed
     * @throws ConfabException if they cannot be had, or an adapter names no base
     */
    public static ModelSource resolve(
            String nameOrFolder, String revision, ModelFiles files, HubOptions options, Progress progress) {
        var hub = Hub.of(options);
        Path location = hub.resolve(nameOrFolder, revision, files, progress);
        if (!LoraConfig.isIn(location)) {
            return new ModelSource(location, folderOf(location), Optional.empty());
        }
        Path base = hub.resolve(baseOf(location), Hub.DEFAULT_REVISION, files, progress);
        if (LoraConfig.isIn(base)) {
            throw new ConfabException(location + ": its base " + base
                    + " is an adapter too; merge that one first: confab model convert --model " + base
                    + " --output FOLDER");
        }
        return new ModelSource(base, folderOf(base), Optional.of(location));
    }

    private static Path folderOf(Path location) {
        return Files.isDirectory(location)
                ? location
                : Objects.requireNonNull(location.toAbsolutePath().getParent());
    }

    /** The base as the adapter names it; a relative folder may also be meant from the adapter's own. */
    private static String baseOf(Path adapter) {
        String base = LoraConfig.read(adapter).base();
        if (base.isBlank()) {
            throw new ConfabException(
                    adapter.resolve(LoraConfig.NAME)
                            + ": base_model_name_or_path is missing; set it to the folder or name of the model that was adapted");
        }
        Path beside = adapter.resolve(base);
        return !Files.exists(Path.of(base)) && Files.exists(beside) ? beside.toString() : base;
    }

    /**
     * The model's architecture.
     *
     * @throws ConfabException if its file is missing or broken
     */
    public Gpt2Config config() {
        return Gpt2ConfigFile.read(folder);
    }

    /** The folder of the tokenizer: the adapter's if it has one, else the base's. */
    public Path tokenizerFolder() {
        return adapter.filter(own -> TOKENIZER.stream().anyMatch(name -> Files.isRegularFile(own.resolve(name))))
                .orElse(folder);
    }

    /** A file of the adapter, or else of the base. */
    Optional<Path> file(String name) {
        return Stream.concat(adapter.stream(), Stream.of(folder))
                .map(each -> each.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The adapter, read. */
    Optional<LoraAdapter> readAdapter() {
        return adapter.map(LoraAdapter::read);
    }
}
