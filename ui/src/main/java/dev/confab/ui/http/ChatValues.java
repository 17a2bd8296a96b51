package dev.confab.ui.http;

import dev.confab.ui.conversation.Additions;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Takes apart what chats send and get, as it is on the wire: a text; a message of the user, {@code {"text", "files"}}; or a
 * reply with parts, {@code {"content", "options"}}. Whatever else comes counts as nothing.
 */
final class ChatValues {
    private ChatValues() {}

    static String text(JsonNode value) {
        if (!value.isObject()) {
            return value.asString("");
        }
        StringBuilder text = new StringBuilder(value.path("text").asString(""));
        value.path("content").forEach(part -> text.append(part.path("text").asString("")));
        return text.toString();
    }

    static Additions additions(JsonNode value) {
        Stream<JsonNode> parts = value.path("content").valueStream().map(part -> part.path("file"));
        List<Additions.File> files = Stream.concat(value.path("files").valueStream(), parts)
                .filter(file -> file.path("path").isString())
                .map(ConversationJson::file)
                .toList();
        List<String> options = value.path("options")
                .valueStream()
                .map(option -> option.path("value").asString(""))
                .toList();
        return new Additions(files, options);
    }
}
