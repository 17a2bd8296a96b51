package dev.confab.ui.component;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A picture, to upload or to look at. Java sees an {@link UploadedFile}, null for none; a function returns a
 * {@link java.nio.file.Path} or the bytes of a PNG, JPEG, GIF or WebP file.
 *
 * @param label what is written beside it
 */
public record ImageField(String label) implements Component {
    static final Map<String, Object> FILE_SCHEMA = Map.of(
            "type",
            "object",
            "properties",
            Map.of("path", Map.of("type", "string"), "orig_name", Map.of("type", "string")));

    /** Checks the label. */
    public ImageField {
        Objects.requireNonNull(label, "label");
    }

    /** No picture at first. */
    public static ImageField of(String label) {
        return new ImageField(label);
    }

    @Override
    public ImageField withLabel(String text) {
        return new ImageField(text);
    }

    @Override
    public String type() {
        return "image";
    }

    @Override
    public @Nullable Object value() {
        return null;
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of();
    }

    @Override
    public Map<String, Object> schema() {
        return FILE_SCHEMA;
    }

    @Override
    public String pythonType() {
        return "filepath";
    }

    @Override
    public @Nullable UploadedFile read(JsonNode sent, FileStore files) {
        return Values.isAbsent(sent) ? null : FileData.read(this, sent, files);
    }

    @Override
    public JsonNode write(@Nullable Object returned, FileStore files) {
        if (returned == null) {
            return Values.NODES.nullNode();
        }
        String name = returned instanceof byte[] content ? "image." + extension(content) : "image";
        return FileData.write(this, returned, name, files);
    }

    /** Told by the first bytes; what is none of the four stays a file to download. */
    private static String extension(byte[] content) {
        int first = content.length < 4 ? 0 : (content[0] & 0xff) << 8 | (content[1] & 0xff);
        return switch (first) {
            case 0x8950 -> "png";
            case 0xffd8 -> "jpg";
            case 0x4749 -> "gif";
            case 0x5249 -> "webp";
            default -> "bin";
        };
    }
}
