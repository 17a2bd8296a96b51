package dev.confab.app;

import dev.confab.engine.ModelSource;
import dev.confab.engine.hub.Progress;
import dev.confab.engine.model.Gpt2Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code confab model info}: what a model is, without loading its weights. */
@Command(name = "info", description = "A model's size and architecture; fetches its small files if need be.")
final class ModelInfoCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    NamedModel named;

    @Option(names = "--json", description = "one JSON document")
    boolean json;

    @Mixin
    CommonOptions common;

    ModelInfoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        ModelSource source = new ModelFolders(surroundings)
                .withTokenizer(EmbeddedModel.locate(named.name(), surroundings), named.revision, Progress.NONE);
        Path folder = source.folder();
        Gpt2Config config = source.config();
        List<Path> weights = weights(folder);
        if (json) {
            ObjectNode document = document(folder, config, weights);
            source.adapter().ifPresent(adapter -> document.put("adapter", adapter.toString()));
            surroundings.out().printLine(document);
        } else {
            source.adapter()
                    .ifPresent(adapter -> surroundings.out().print("adapter      %s, for%n".formatted(adapter)));
            surroundings.out().print(text(folder, config, weights));
        }
        return 0;
    }

    private static List<Path> weights(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(safetensors|bin|pkl)"))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path folder, Gpt2Config config, List<Path> weights) throws IOException {
        var text = new StringBuilder()
                .append("folder       %s%n".formatted(folder))
                .append("parameters   %s%n".formatted(Sizes.count(config.parameterCount())))
                .append("layers       %d, %d wide, %d heads%n"
                        .formatted(config.layers(), config.hiddenSize(), config.heads()))
                .append("context      %d tokens%n".formatted(config.positions()))
                .append("vocabulary   %d tokens%n".formatted(config.vocabularySize()));
        for (Path file : weights) {
            text.append("weights      %s, %s%n".formatted(file.getFileName(), Sizes.bytes(Files.size(file))));
        }
        if (weights.isEmpty()) {
            text.append("weights      not fetched yet%n".formatted());
        }
        return text.toString();
    }

    private static ObjectNode document(Path folder, Gpt2Config config, List<Path> weights) throws IOException {
        ObjectNode document = Json.object()
                .put("folder", folder.toString())
                .put("parameters", config.parameterCount())
                .put("layers", config.layers())
                .put("hidden_size", config.hiddenSize())
                .put("heads", config.heads())
                .put("positions", config.positions())
                .put("vocabulary_size", config.vocabularySize());
        ObjectNode files = document.putObject("weights");
        for (Path file : weights) {
            files.put(String.valueOf(file.getFileName()), Files.size(file));
        }
        return document;
    }
}
