package dev.confab.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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

    /** {@code {"messages": [{"role": "user", "content": "Hi!"}, ...]}}; messages of one side in a row are one turn. */
    static Dialogue ofMessages(String line) {
        JsonNode messages = list(line, "messages");
        var dialogue = new ArrayList<Turn>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            String place = "'messages[" + i + "]'";
            JsonNode message = messages.get(i);
            switch (message.path("role").asString("")) {
                case "user" -> add(dialogue, message, false, place);
                case "assistant" -> add(dialogue, message, true, place);
                case "system", "developer", "tool", "function" -> {}
                default ->
                    throw new LineFault(place + " has the role " + message.path("role")
                            + ", expected user, assistant, system, developer or tool");
            }
        }
        if (dialogue.isEmpty()) {
            throw new LineFault("there is no message of a user or an assistant with a text");
        }
        return new Dialogue(dialogue);
    }

    private static void add(List<Turn> dialogue, JsonNode message, boolean fromBot, String place) {
        String text = content(message.path("content"), place).strip();
        JsonNode weight = message.path("weight");
        if (!weight.isMissingNode() && !(weight.isNumber() && weight.floatValue() >= 0)) {
            throw new LineFault(place + " has the weight " + weight + ", expected a number of 0 or more");
        }
        if (text.isEmpty()) {
            return;
        }
        float learned = weight.isMissingNode() ? 1 : weight.floatValue();
        if (!dialogue.isEmpty() && dialogue.getLast().fromBot() == fromBot) {
            Turn before = dialogue.removeLast();
            dialogue.add(new Turn(before.text() + "\n" + text, fromBot, Math.max(before.weight(), learned)));
        } else {
            dialogue.add(new Turn(text, fromBot, learned));
        }
    }

    /** A text, or the texts in a list of parts, one of which may be an image; nothing where a tool was called. */
    private static String content(JsonNode content, String place) {
        if (content.isString()) {
            return content.stringValue();
        }
        if (content.isNull() || content.isMissingNode()) {
            return "";
        }
        if (!content.isArray()) {
            throw new LineFault(place + " has a content that is " + kind(content) + ", expected a text");
        }
        return content.valueStream()
                .filter(part -> part.path("text").isString())
                .map(part -> part.path("text").stringValue())
                .collect(Collectors.joining("\n"));
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
