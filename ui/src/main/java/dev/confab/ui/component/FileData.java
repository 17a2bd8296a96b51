package dev.confab.ui.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Files as the API writes them: an object with the path by which the server knows the file. */
final class FileData {
    private static final String TYPE = "gradio.FileData";

    private FileData() {}

    /** An address in it is not followed: only what was uploaded counts. */
    static UploadedFile read(Component component, JsonNode sent, FileStore files) {
        JsonNode path = sent.isString() ? sent : sent.path("path");
        if (!path.isString()) {
            throw InvalidValueException.of(component, sent, "a file that was uploaded before, with its path");
        }
        Path file = files.find(path.stringValue());
        String name = sent.path("orig_name").asString(String.valueOf(file.getFileName()));
        return new UploadedFile(file, name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1));
    }

    /** Publishes a file, or bytes under a name. */
    static JsonNode write(Component component, Object returned, String nameOfBytes, FileStore files) {
        try {
            return switch (returned) {
                case UploadedFile uploaded -> of(files.publish(uploaded.path()), uploaded.name());
                case Path file -> of(files.publish(file), String.valueOf(file.getFileName()));
                case byte[] content -> of(files.publish(content, nameOfBytes), nameOfBytes);
                default -> throw InvalidValueException.of(component, returned, "a Path or bytes from the function");
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode of(String path, String name) {
        ObjectNode file = Values.NODES.objectNode().put("path", path).put("orig_name", name);
        file.putNull("url");
        file.putNull("size");
        file.putNull("mime_type");
        file.put("is_stream", false);
        file.putObject("meta").put("_type", TYPE);
        return file;
    }
}
