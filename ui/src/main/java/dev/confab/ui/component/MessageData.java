package dev.confab.ui.component;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages as the API writes them: an object with the role, the parts of the content, and options. */
final class MessageData {
    private MessageData() {}

    /** The content may be a text, or a list of texts and parts, of which those of type text and file count. */
    static ChatMessage read(Component component, JsonNode sent, FileStore files) {
        StringBuilder text = new StringBuilder();
        List<UploadedFile> attached = new ArrayList<>();
        JsonNode content = sent.path("content");
        Stream<JsonNode> parts = content.isArray() ? content.valueStream() : Stream.of(content);
        parts.forEach(part -> {
            if (part.path("type").asString("").equals("file")) {
                addIfThere(component, part.path("file"), files, attached);
            } else {
                text.append(part.isObject() ? part.path("text").asString("") : Values.text(component, part));
            }
        });
        List<String> options = sent.path("options")
                .valueStream()
                .map(option -> option.path("value").asString(""))
                .toList();
        try {
            return new ChatMessage(sent.path("role").asString(""), text.toString(), attached, options);
        } catch (IllegalArgumentException e) {
            throw InvalidValueException.of(component, sent, "a message: " + e.getMessage());
        }
    }

    /** Of files that were said long ago nothing may be left; the conversation goes on without them. */
    private static void addIfThere(Component component, JsonNode file, FileStore files, List<UploadedFile> attached) {
        try {
            attached.add(FileData.read(component, file, files));
        } catch (InvalidValueException e) {
            System.getLogger(MessageData.class.getName())
                    .log(System.Logger.Level.DEBUG, "a file of an earlier message is gone", e);
        }
    }

    static ObjectNode write(Component component, ChatMessage message, FileStore files) {
        ObjectNode written = Values.NODES.objectNode().put("role", message.role());
        written.putNull("metadata");
        ArrayNode content = written.putArray("content");
        if (!message.content().isEmpty() || message.files().isEmpty()) {
            content.addObject().put("type", "text").put("text", message.content());
        }
        for (UploadedFile file : message.files()) {
            ObjectNode part = content.addObject().put("type", "file");
            part.set("file", FileData.write(component, file, file.name(), files));
            part.putNull("alt_text");
        }
        if (message.options().isEmpty()) {
            return written.putNull("options");
        }
        ArrayNode options = written.putArray("options");
        message.options()
                .forEach(option -> options.addObject().put("value", option).put("label", option));
        return written;
    }
}
