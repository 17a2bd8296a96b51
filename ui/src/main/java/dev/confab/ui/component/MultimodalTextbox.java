package dev.confab.ui.component;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A field for text with files: the message of a chat. Java sees a {@link ChatMessage} of the user, never null.
 *
 * @param label what is written beside it
 * @param maxLength the longest text that it takes, in UTF-16 units, at least 1
 * @param fileTypes what the page offers, such as {@code .pdf} or {@code image/*}; empty for anything. The server does not
 *     check it: a name proves nothing
 */
public record MultimodalTextbox(String label, int maxLength, List<String> fileTypes) implements Component {
    /** How many files one message may have. */
    public static final int MAX_FILES = 20;

    private static final String TEXT = "text";
    private static final String FILES = "files";

    /** Checks the length and copies the types. */
    public MultimodalTextbox {
        Objects.requireNonNull(label, "label");
        fileTypes = List.copyOf(fileTypes);
        if (maxLength < 1) {
            throw new IllegalArgumentException("maxLength is " + maxLength + ", expected at least 1");
        }
    }

    /** A field for files of some types, of any if none is named. */
    public static MultimodalTextbox of(String label, String... fileTypes) {
        return new MultimodalTextbox(label, Textbox.DEFAULT_MAX_LENGTH, List.of(fileTypes));
    }

    @Override
    public MultimodalTextbox withLabel(String text) {
        return new MultimodalTextbox(text, maxLength, fileTypes);
    }

    /** The same field with another longest text, in UTF-16 units. */
    public MultimodalTextbox withMaxLength(int length) {
        return new MultimodalTextbox(label, length, fileTypes);
    }

    @Override
    public String type() {
        return "multimodaltextbox";
    }

    @Override
    public @Nullable Object value() {
        return null;
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of(
                "max_length", maxLength, "file_count", "multiple", "file_types", fileTypes, "max_files", MAX_FILES);
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                        TEXT,
                        Map.of("type", "string"),
                        FILES,
                        Map.of("type", "array", "items", ImageField.FILE_SCHEMA)));
    }

    @Override
    public String pythonType() {
        return "dict(text: str, files: list[filepath])";
    }

    /** A client may also send a text alone. */
    @Override
    public ChatMessage read(JsonNode sent, FileStore files) {
        String text = Values.text(this, sent.isObject() ? sent.path(TEXT) : sent);
        if (text.length() > maxLength) {
            throw InvalidValueException.of(this, text.length() + " characters long", "at most " + maxLength);
        }
        if (sent.path(FILES).size() > MAX_FILES) {
            throw InvalidValueException.of(this, sent.path(FILES).size() + " files", "at most " + MAX_FILES);
        }
        List<UploadedFile> attached = sent.path(FILES)
                .valueStream()
                .map(file -> FileData.read(this, file, files))
                .toList();
        return ChatMessage.user(text).withFiles(attached);
    }

    /** A text, or a message with files. */
    @Override
    public JsonNode write(@Nullable Object returned, FileStore files) {
        if (returned == null) {
            return Values.NODES.nullNode();
        }
        ChatMessage message = returned instanceof ChatMessage given ? given : ChatMessage.user(returned.toString());
        ObjectNode written = Values.NODES.objectNode().put(TEXT, message.content());
        ArrayNode attached = written.putArray(FILES);
        message.files().forEach(file -> attached.add(FileData.write(this, file, file.name(), files)));
        return written;
    }
}
