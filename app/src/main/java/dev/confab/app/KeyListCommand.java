package dev.confab.app;

import dev.confab.server.store.ApiKey;
import dev.confab.server.store.ApiKeys;
import dev.confab.server.store.Database;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code confab key list}: the keys that were made. */
@Command(name = "list", description = "The keys that were made, revoked ones included.")
final class KeyListCommand implements Callable<Integer> {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneId.systemDefault());

    private final Surroundings surroundings;

    @Option(names = "--json", description = "one JSON document")
    boolean json;

    @Mixin
    DatabaseOptions database;

    @Mixin
    CommonOptions common;

    KeyListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        List<ApiKey> keys;
        try (Database opened = database.open(surroundings)) {
            keys = new ApiKeys(opened).list();
        }
        if (json) {
            surroundings.out().printLine(document(keys));
            return 0;
        }
        keys.forEach(key -> surroundings.out().printLine(line(key)));
        if (keys.isEmpty() && !common.quiet) {
            surroundings.err().println("no keys yet; make one with: confab key create NAME");
        }
        return 0;
    }

    private static String line(ApiKey key) {
        Instant revoked = key.revoked();
        Instant used = key.used();
        String state = revoked != null
                ? "revoked " + DAY.format(revoked)
                : used == null ? "never used" : "last used " + DAY.format(used);
        return "%-16s %-30s made %s, %s".formatted(key.id(), key.name(), DAY.format(key.created()), state);
    }

    private static ArrayNode document(List<ApiKey> keys) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        keys.forEach(key -> array.addObject()
                .put("id", key.id())
                .put("name", key.name())
                .put("created_at", key.created().toString())
                .put("used_at", text(key.used()))
                .put("revoked_at", text(key.revoked())));
        return array;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
