package dev.confab.ui.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * A file, to upload or to download. Java sees an {@link UploadedFile}, null for none, or a list of them if there may be
 * several; a function returns a {@link java.nio.file.Path}, bytes, or a list of these.
 *
 * @param label what is written beside it
 * @param multiple whether there may be several
 * @param fileTypes what the page offers, such as {@code .txt} or {@code image}; empty for anything. The server does not
 *     check it: a name proves nothing
 */
public record FileField(String label, boolean multiple, List<String> fileTypes) implements Component {
    /** Copies the types. */
    public FileField {
        Objects.requireNonNull(label, "label");
        fileTypes = List.copyOf(fileTypes);
    }

    /** One file of any type. */
    public static FileField of(String label) {
        return new FileField(label, false, List.of());
    }

    @Override
    public FileField withLabel(String text) {
        return new FileField(text, multiple, fileTypes);
    }

    /** The same for any number of files. */
    public FileField withMultiple() {
        return new FileField(label, true, fileTypes);
    }

    /** The same for files of some types. */
    public FileField withFileTypes(String... types) {
        return new FileField(label, multiple, List.of(types));
    }

    @Override
    public String type() {
        return "file";
    }

    @Override
    public @Nullable Object value() {
        return null;
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of("file_count", multiple ? "multiple" : "single", "file_types", fileTypes);
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> one = ImageField.FILE_SCHEMA;
        return multiple ? Values.map("type", "array", "items", one) : one;
    }

    @Override
    public String pythonType() {
        return multiple ? "list[filepath]" : "filepath";
    }

    @Override
    public @Nullable Object read(JsonNode sent, FileStore files) {
        if (!multiple) {
            return Values.isAbsent(sent) ? null : FileData.read(this, sent, files);
        }
        List<UploadedFile> uploaded = new ArrayList<>();
        if (sent.isArray()) {
            sent.forEach(one -> uploaded.add(FileData.read(this, one, files)));
        } else if (!Values.isAbsent(sent)) {
            uploaded.add(FileData.read(this, sent, files));
        }
        return uploaded;
    }

    @Override
    public JsonNode write(@Nullable Object returned, FileStore files) {
        return switch (returned) {
            case null -> Values.NODES.nullNode();
            case List<?> several -> {
                ArrayNode list = Values.NODES.arrayNode();
                several.forEach(one -> list.add(FileData.write(this, one, "file", files)));
                yield list;
            }
            default -> FileData.write(this, returned, "file", files);
        };
    }
}
