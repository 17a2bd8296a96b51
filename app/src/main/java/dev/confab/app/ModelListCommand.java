package dev.confab.app;

import dev.confab.engine.hub.CachedModel;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code confab model list}: what is in the cache, whoever fetched it. */
@Command(name = "list", description = "The models in the cache, those that Python fetched included.")
final class ModelListCommand implements Callable<Integer> {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneId.systemDefault());

    private final Surroundings surroundings;

    @Option(names = "--json", description = "one JSON document")
    boolean json;

    @Mixin
    CommonOptions common;

    ModelListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<CachedModel> models = new ModelFolders(surroundings).hub().cached();
        if (json) {
            surroundings.out().printLine(document(models));
            return 0;
        }
        for (CachedModel model : models) {
            surroundings
                    .out()
                    .printLine("%-44s %9s  last used %s"
                            .formatted(model.name(), Sizes.bytes(model.sizeBytes()), DAY.format(model.lastUsed())));
        }
        if (models.isEmpty() && !common.quiet) {
            surroundings.err().println("no models yet; fetch one with: confab model download microsoft/DialoGPT-small");
        }
        return 0;
    }

    private static ArrayNode document(List<CachedModel> models) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (CachedModel model : models) {
            ObjectNode entry = array.addObject()
                    .put("name", model.name())
                    .put("folder", model.folder().toString())
                    .put("size_bytes", model.sizeBytes())
                    .put("last_used", model.lastUsed().toString());
            ArrayNode snapshots = entry.putArray("snapshots");
            for (CachedModel.Snapshot snapshot : model.snapshots()) {
                ArrayNode revisions = snapshots
                        .addObject()
                        .put("commit", snapshot.commit())
                        .put("folder", snapshot.folder().toString())
                        .putArray("revisions");
                snapshot.revisions().forEach(revisions::add);
            }
        }
        return array;
    }
}
