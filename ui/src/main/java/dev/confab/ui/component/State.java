package dev.confab.ui.component;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Something that a function remembers between the calls of one session. It stays on the server and is never sent. Java
 * sees what the last call returned, at first the initial value.
 *
 * <p>One initial value is shared by all sessions, so it has to be immutable, as {@code List.of()} is.
 *
 * @param value what a session begins with
 */
public record State(@Nullable Object value) implements Component {
    /** A state that begins with a value. */
    public static State of(@Nullable Object initial) {
        return new State(initial);
    }

    @Override
    public String type() {
        return "state";
    }

    @Override
    public String label() {
        return "state";
    }

    @Override
    public State withLabel(String text) {
        return this;
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of();
    }

    @Override
    public String pythonType() {
        return "Any";
    }

    /** A client's idea of the state does not count. */
    @Override
    public @Nullable Object read(JsonNode sent, FileStore files) {
        return null;
    }

    @Override
    public JsonNode write(@Nullable Object returned, FileStore files) {
        return JsonNodeFactory.instance.nullNode();
    }
}
