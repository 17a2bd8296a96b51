package dev.confab.ui.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What changed from one JSON value to the next, as the protocol writes it: a list of {@code [operation, path, value]},
 * where {@code append} adds text, {@code add} inserts, {@code replace} and {@code delete} do what they say, and an empty
 * path is the whole value.
 */
final class Edits {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Edits() {}

    static ArrayNode none() {
        return NODES.arrayNode();
    }

    static ArrayNode append(String part) {
        ArrayNode edits = NODES.arrayNode();
        if (!part.isEmpty()) {
            add(edits, "append", List.of(), NODES.stringNode(part));
        }
        return edits;
    }

    static ArrayNode replace(JsonNode value) {
        ArrayNode edits = NODES.arrayNode();
        add(edits, "replace", List.of(), value);
        return edits;
    }

    static ArrayNode between(JsonNode before, JsonNode after) {
        ArrayNode edits = NODES.arrayNode();
        compare(before, after, new ArrayList<>(), edits);
        return edits;
    }

    private static void compare(JsonNode before, JsonNode after, List<JsonNode> path, ArrayNode edits) {
        if (before.equals(after)) {
            return;
        }
        if (before.isString() && after.isString() && after.stringValue().startsWith(before.stringValue())) {
            String part = after.stringValue().substring(before.stringValue().length());
            add(edits, "append", path, NODES.stringNode(part));
        } else if (before instanceof ArrayNode first && after instanceof ArrayNode second) {
            compareArrays(first, second, path, edits);
        } else if (before instanceof ObjectNode first && after instanceof ObjectNode second) {
            compareObjects(first, second, path, edits);
        } else {
            add(edits, "replace", path, after);
        }
    }

    private static void compareArrays(ArrayNode before, ArrayNode after, List<JsonNode> path, ArrayNode edits) {
        int common = Math.min(before.size(), after.size());
        for (int i = 0; i < common; i++) {
            path.addLast(NODES.numberNode(i));
            compare(before.get(i), after.get(i), path, edits);
            path.removeLast();
        }
        for (int i = common; i < after.size(); i++) {
            path.addLast(NODES.numberNode(i));
            add(edits, "add", path, after.get(i));
            path.removeLast();
        }
        for (int i = before.size() - 1; i >= common; i--) {
            path.addLast(NODES.numberNode(i));
            add(edits, "delete", path, NODES.nullNode());
            path.removeLast();
        }
    }

    private static void compareObjects(ObjectNode before, ObjectNode after, List<JsonNode> path, ArrayNode edits) {
        for (Map.Entry<String, JsonNode> entry : after.properties()) {
            path.addLast(NODES.stringNode(entry.getKey()));
            JsonNode old = before.get(entry.getKey());
            if (old == null) {
                add(edits, "add", path, entry.getValue());
            } else {
                compare(old, entry.getValue(), path, edits);
            }
            path.removeLast();
        }
        for (String name : before.propertyNames()) {
            if (!after.has(name)) {
                path.addLast(NODES.stringNode(name));
                add(edits, "delete", path, NODES.nullNode());
                path.removeLast();
            }
        }
    }

    private static void add(ArrayNode edits, String operation, List<JsonNode> path, JsonNode value) {
        edits.addArray().add(operation).add(NODES.arrayNode().addAll(path)).add(value);
    }

    /** The value after the edits; the one before is not changed. */
    static JsonNode apply(JsonNode before, JsonNode edits) {
        JsonNode value = before;
        boolean own = false;
        for (JsonNode edit : edits) {
            JsonNode path = edit.path(1);
            if (path.isEmpty()) {
                value = applied(value, edit);
                own = true;
                continue;
            }
            if (!own) {
                value = value.deepCopy();
                own = true;
            }
            JsonNode parent = value;
            for (int i = 0; i < path.size() - 1; i++) {
                parent = child(parent, path.get(i));
            }
            applyTo(parent, path.get(path.size() - 1), edit);
        }
        return value;
    }

    private static JsonNode applied(JsonNode old, JsonNode edit) {
        JsonNode value = edit.path(2);
        return edit.path(0).stringValue().equals("append")
                ? NODES.stringNode(old.stringValue() + value.stringValue())
                : value.deepCopy();
    }

    private static void applyTo(JsonNode parent, JsonNode key, JsonNode edit) {
        String operation = edit.path(0).stringValue();
        if (parent instanceof ArrayNode array) {
            int index = key.intValue();
            switch (operation) {
                case "delete" -> array.remove(index);
                case "add" -> array.insert(index, edit.path(2).deepCopy());
                default -> array.set(index, applied(array.path(index), edit));
            }
        } else if (parent instanceof ObjectNode object) {
            String name = key.stringValue();
            if (operation.equals("delete")) {
                object.remove(name);
            } else {
                object.set(name, applied(object.path(name), edit));
            }
        }
    }

    private static JsonNode child(JsonNode parent, JsonNode key) {
        return key.isNumber() ? parent.path(key.intValue()) : parent.path(key.stringValue());
    }
}
