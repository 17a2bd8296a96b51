package dev.confab.ui.http;

import dev.confab.ui.conversation.Additions;
import dev.confab.ui.conversation.ConversationSummary;
import dev.confab.ui.conversation.Feedback;
import dev.confab.ui.conversation.StoredConversation;
import dev.confab.ui.conversation.StoredMessage;
import dev.confab.ui.conversation.StoredMessage.Role;
import dev.confab.ui.conversation.StoredMessage.State;
import dev.confab.ui.conversation.Timings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Conversations as the page sends and gets them. Times are in milliseconds since 1970. */
final class ConversationJson {
    static final int MAX_TITLE = 200;
    static final int MAX_COMMENT = 10_000;
    private static final int MAX_SETTINGS = 100_000;
    private static final int MAX_ADDITIONS = 100;
    private static final int MAX_OPTION = 1000;
    private static final String ID = "[A-Za-z0-9_-]{1,64}";
    /** Becomes a part of an address on the page. */
    private static final Pattern FILE_PATH =
            Pattern.compile("[0-9a-f]{32}/[^/\\\\\\p{Cntrl}.][^/\\\\\\p{Cntrl}]{0,199}");

    private ConversationJson() {}

    // --- what is sent

    static ObjectNode of(ConversationSummary summary) {
        return Json.object()
                .put("id", summary.id())
                .put("title", summary.title())
                .put("created", summary.created().toEpochMilli())
                .put("updated", summary.updated().toEpochMilli());
    }

    static ObjectNode of(StoredConversation conversation) {
        ObjectNode node = of(conversation.summary());
        node.set("settings", Json.tree(conversation.settings()));
        node.set("choices", Json.tree(conversation.choices()));
        ArrayNode messages = node.putArray("messages");
        conversation.messages().forEach(message -> messages.add(of(message)));
        return node;
    }

    /** What others may read of a conversation: what is shown, without its owner's settings and opinions. */
    static ObjectNode shared(StoredConversation conversation) {
        ObjectNode node = Json.object().put("title", conversation.summary().title());
        ArrayNode messages = node.putArray("messages");
        for (StoredMessage message : conversation.path()) {
            ObjectNode shown = messages.addObject()
                    .put("role", lower(message.role()))
                    .put("text", message.text())
                    .put("at", message.at().toEpochMilli());
            putFiles(shown, message.additions());
        }
        return node;
    }

    private static ObjectNode of(StoredMessage message) {
        ObjectNode node = Json.object()
                .put("id", message.id())
                .put("parent", message.parent())
                .put("role", lower(message.role()))
                .put("text", message.text())
                .put("at", message.at().toEpochMilli())
                .put("state", lower(message.state()));
        if (message.state() == State.FAILED) {
            String error = message.error();
            node.putObject("error")
                    .put("kind", error == null ? "lost" : "failed")
                    .put("message", error == null ? "" : error);
        }
        if (message.event() != null) {
            node.put("event", message.event());
        }
        Timings timings = message.timings();
        if (timings != null) {
            node.set("timings", of(timings));
        }
        putFiles(node, message.additions());
        if (!message.additions().options().isEmpty()) {
            node.set("options", Json.tree(message.additions().options()));
        }
        Feedback feedback = message.feedback();
        if (feedback != null) {
            node.putObject("feedback")
                    .put("option", feedback.option())
                    .put("comment", feedback.comment())
                    .put("at", feedback.at().toEpochMilli());
        }
        return node;
    }

    private static void putFiles(ObjectNode node, Additions additions) {
        if (!additions.files().isEmpty()) {
            ArrayNode files = node.putArray("files");
            additions
                    .files()
                    .forEach(file -> files.addObject().put("path", file.path()).put("orig_name", file.name()));
        }
    }

    static ObjectNode of(Timings timings) {
        return Json.object()
                .put("first", timings.secondsToFirst())
                .put("speed", timings.perSecond())
                .put("unit", lower(timings.unit()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    // --- what comes, which may be anything

    /**
     * A whole conversation.
     *
     * @throws BadRequestException if it is none
     */
    static StoredConversation read(String id, ObjectNode body) {
        try {
            List<StoredMessage> messages = new ArrayList<>();
            body.path("messages").forEach(message -> messages.add(message(message)));
            Map<String, String> choices = new HashMap<>();
            body.path("choices").properties().forEach(choice -> {
                if (choice.getValue().isString()) {
                    choices.put(choice.getKey(), choice.getValue().stringValue());
                }
            });
            Instant updated = time(body.path("updated"));
            Instant created = body.has("created") ? time(body.path("created")) : updated;
            ConversationSummary summary =
                    new ConversationSummary(id, title(body.path("title").asString("")), created, updated);
            return new StoredConversation(summary, settings(body.path("settings")), choices, messages);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("this is not a conversation: " + e.getMessage());
        }
    }

    private static StoredMessage message(JsonNode node) {
        String parent = node.path("parent").asString("");
        return new StoredMessage(
                id(node.path("id")),
                parent.equals(StoredMessage.ROOT) ? parent : id(node.path("parent")),
                value(Role.class, node.path("role")),
                node.path("text").asString(""),
                time(node.path("at")),
                node.has("state") ? value(State.class, node.path("state")) : State.DONE,
                node.path("error").path("message").asString(null),
                node.has("event") ? id(node.path("event")) : null,
                timings(node.path("timings")),
                feedback(node.path("feedback")),
                additions(node));
    }

    private static Additions additions(JsonNode node) {
        JsonNode files = node.path("files");
        JsonNode options = node.path("options");
        if (files.size() > MAX_ADDITIONS || options.size() > MAX_ADDITIONS) {
            throw new BadRequestException("a message has " + files.size() + " files and " + options.size()
                    + " options, expected at most " + MAX_ADDITIONS);
        }
        return new Additions(
                files.valueStream().map(ConversationJson::file).toList(),
                options.valueStream()
                        .map(option -> limited(option, MAX_OPTION, "an option"))
                        .toList());
    }

    /** A file by the path that uploading it answered. */
    static Additions.File file(JsonNode node) {
        String path = node.path("path").asString("");
        if (!FILE_PATH.matcher(path).matches()) {
            throw new BadRequestException("a file's path is '" + path + "', expected what uploading it answered");
        }
        return new Additions.File(path, limited(node.path("orig_name"), MAX_TITLE, "a file's name"));
    }

    private static @Nullable Timings timings(JsonNode node) {
        if (!node.isObject()) {
            return null;
        }
        JsonNode speed = node.path("speed");
        return new Timings(
                node.path("first").asDouble(0),
                speed.isNumber() ? speed.doubleValue() : null,
                value(Timings.Unit.class, node.path("unit")));
    }

    private static @Nullable Feedback feedback(JsonNode node) {
        return node.isObject()
                ? new Feedback(node.path("option").asString(""), comment(node.path("comment")), time(node.path("at")))
                : null;
    }

    static String comment(JsonNode node) {
        return limited(node, MAX_COMMENT, "the comment");
    }

    private static String limited(JsonNode node, int most, String what) {
        String text = node.asString("");
        if (text.length() > most) {
            throw new BadRequestException(what + " has " + text.length() + " characters, expected at most " + most);
        }
        return text;
    }

    static String id(JsonNode node) {
        String id = node.asString("");
        if (!id.matches(ID)) {
            throw new BadRequestException(
                    "an id is '" + id + "', expected 1 to 64 letters, digits, dashes and underscores");
        }
        return id;
    }

    static String title(String title) {
        return title.length() > MAX_TITLE ? title.substring(0, MAX_TITLE) : title;
    }

    /** Whatever the page's settings are, by their labels. */
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> settings(JsonNode node) {
        if (node.toString().length() > MAX_SETTINGS) {
            throw new BadRequestException("the settings are too large");
        }
        Object value = Json.value(node);
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    private static Instant time(JsonNode node) {
        return node.isNumber() && node.canConvertToLong() ? Instant.ofEpochMilli(node.longValue()) : Instant.now();
    }

    private static <E extends Enum<E>> E value(Class<E> type, JsonNode node) {
        return Enum.valueOf(type, node.asString("").toUpperCase(Locale.ROOT));
    }
}
