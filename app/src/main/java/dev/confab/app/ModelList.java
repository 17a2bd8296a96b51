package dev.confab.app;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which models are compared, and how they are loaded. */
final class ModelList extends ModelLoading {
    @Option(
            names = "--model",
            order = FIRST,
            paramLabel = "NAME_OR_FOLDER",
            description = "a name on the Hugging Face hub, or a folder; may be given several times")
    List<String> models = new ArrayList<>();
}
