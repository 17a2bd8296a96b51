package dev.confab.app;

import dev.confab.server.store.Database;
import dev.confab.server.store.User;
import dev.confab.server.store.Users;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code confab user list}: who may log in. */
@Command(name = "list", description = "Those who may log in.")
final class UserListCommand implements Callable<Integer> {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneId.systemDefault());

    private final Surroundings surroundings;

    @Option(names = "--json", description = "one JSON document")
    boolean json;

    @Mixin
    DatabaseOptions database;

    @Mixin
    CommonOptions common;

    UserListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        List<User> users;
        try (Database opened = database.open(surroundings)) {
            users = new Users(opened).list();
        }
        if (json) {
            surroundings.out().printLine(document(users));
            return 0;
        }
        for (User user : users) {
            surroundings
                    .out()
                    .printLine("%-30s %-9s added %s".formatted(user.name(), role(user), DAY.format(user.created())));
        }
        if (users.isEmpty() && !common.quiet) {
            surroundings.err().println("no users yet; add one with: confab user add NAME");
        }
        return 0;
    }

    private static String role(User user) {
        return user.role().name().toLowerCase(Locale.ROOT);
    }

    private static ArrayNode document(List<User> users) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        users.forEach(user -> array.addObject()
                .put("name", user.name())
                .put("role", role(user))
                .put("created_at", user.created().toString()));
        return array;
    }
}
