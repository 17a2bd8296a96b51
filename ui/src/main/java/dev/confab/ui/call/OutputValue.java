package dev.confab.ui.call;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The present value of one output. Text grows in place. Guarded by the session's lock. */
final class OutputValue {
    private JsonNode value = JsonNodeFactory.instance.nullNode();
    private @Nullable StringBuilder text;

    JsonNode json() {
        return text == null ? value : JsonNodeFactory.instance.stringNode(text.toString());
    }

    /** Takes another value and returns what changed. */
    ArrayNode set(JsonNode next) {
        ArrayNode edits = Edits.between(json(), next);
        value = next;
        text = null;
        return edits;
    }

    /** Adds text and returns that as a change. */
    ArrayNode append(String part) {
        if (text == null) {
            text = new StringBuilder(value.isString() ? value.stringValue() : "");
            text.append(part);
            return value.isString() ? Edits.append(part) : Edits.replace(json());
        }
        text.append(part);
        return Edits.append(part);
    }
}
