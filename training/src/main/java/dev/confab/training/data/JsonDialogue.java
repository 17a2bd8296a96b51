package dev.confab.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A dialogue as a line of JSON. */
final class JsonDialogue {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonDialogue() {}

    /** {@code {"turns": ["Hi!", "Hello."]}}: the second speaker is the bot. Other fields are of no interest. */
    static Dialogue ofTurns(String line) {
        JsonNode turns = list(line, "turns");
        var dialogue = new ArrayList<Turn>(turns.size());
        for (int i = 0; i < turns.size(); i++) {
            if (!turns.get(i).isString()) {
                throw new LineFault("'turns[" + i + "]' is " + kind(turns.get(i)) + ", expected a text");
            }
            String text = turns.get(i).stringValue().strip();
            if (text.isEmpty()) {
                throw new LineFault(
                        "'turns[" + i + "]' is empty; leave the whole dialogue out, or say something there");
            }
            dialogue.add(new Turn(text, i % 2 == 1, 1));
        }
        return new Dialogue(dialogue);
    }

    private static JsonNode list(String line, String field) {
        JsonNode document;
        try {
            document = JSON.readTree(line);
        } catch (JacksonException e) {
            throw new LineFault(
                    "is not valid JSON at column " + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        }
        JsonNode list = document.path(field);
        if (!list.isArray() || list.isEmpty()) {
            throw new LineFault("expected a JSON object with a list '" + field + "', found "
                    + (document.isObject() ? "the fields " + List.copyOf(document.propertyNames()) : kind(document)));
        }
        return list;
    }

    private static String kind(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
