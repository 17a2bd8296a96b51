package dev.confab.dialogue;

import dev.confab.engine.error.ConfabException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A transcript as JSON. */
final class TranscriptJson {
    private static final String FORMAT = "confab-conversation";
    private static final int VERSION = 1;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private TranscriptJson() {}

    static String write(Transcript transcript) {
        ObjectNode root = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("id", transcript.id())
                .put("started", transcript.started().toString())
                .put("current", transcript.current());
        var turns = root.putArray("turns");
        for (Turn turn : transcript.turns()) {
            ObjectNode node = turns.addObject()
                    .put("id", turn.id())
                    .put("parent", turn.parent())
                    .put("speaker", turn.speaker().text())
                    .put("text", turn.text())
                    .put("time", turn.time().toString());
            if (!turn.details().isEmpty()) {
                turn.details().forEach(node.putObject("details")::put);
            }
        }
        return JSON.writeValueAsString(root);
    }

    static Transcript read(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new ConfabException(
                    "no conversation: not valid JSON at line " + e.getLocation().getLineNr() + ": "
                            + e.getOriginalMessage(),
                    e);
        }
        if (!root.path("format").asString("").equals(FORMAT)) {
            throw new ConfabException("no conversation: \"format\" is " + root.path("format") + ", expected \"" + FORMAT
                    + "\"; was it saved by /save or Conversation.save?");
        }
        if (root.path("version").asInt(0) != VERSION) {
            throw new ConfabException("the conversation has version " + root.path("version")
                    + " of the format, and this" + " Confab reads version " + VERSION + "; use a newer Confab");
        }
        List<Turn> turns = new ArrayList<>();
        for (JsonNode turn : root.path("turns")) {
            turns.add(turn(turn));
        }
        return Transcript.of(
                text(root, "id"),
                time(root, "started"),
                turns,
                root.path("current").asInt(0));
    }

    private static Turn turn(JsonNode node) {
        try {
            return new Turn(
                    node.path("id").asInt(0),
                    node.path("parent").asInt(-1),
                    speaker(text(node, "speaker")),
                    text(node, "text"),
                    time(node, "time"),
                    details(node.path("details")));
        } catch (IllegalArgumentException e) {
            throw new ConfabException("a turn of the conversation cannot be read: " + e.getMessage(), e);
        }
    }

    private static Speaker speaker(String name) {
        for (Speaker speaker : Speaker.values()) {
            if (speaker.text().equals(name)) {
                return speaker;
            }
        }
        throw new ConfabException(
                "a turn of the conversation has the speaker '" + name + "', expected user or chatbot");
    }

    private static Map<String, String> details(JsonNode node) {
        Map<String, String> details = new TreeMap<>();
        node.properties()
                .forEach(entry -> details.put(entry.getKey(), entry.getValue().asString("")));
        return details;
    }

    private static Instant time(JsonNode node, String field) {
        String text = text(node, field);
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ConfabException(
                    "'" + field + "' of the conversation is '" + text
                            + "', expected a time such as 2026-11-21T12:00:00Z",
                    e);
        }
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isString()) {
            throw new ConfabException("'" + field + "' of the conversation is "
                    + (value.isMissingNode() ? "missing" : value) + ", expected a text");
        }
        return value.stringValue();
    }
}
