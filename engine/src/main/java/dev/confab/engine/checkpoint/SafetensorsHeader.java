package dev.confab.engine.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Parses the JSON header of a safetensors file, as a stream because it may be 100 MB of someone else's making.
 *
 * <p>As in the Rust crate a tensor that is named twice counts as the last, a field that is given twice is an error, and
 * unknown fields are skipped.
 */
final class SafetensorsHeader {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String METADATA = "__metadata__";

    private final JsonParser parser;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafetensorsHeader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * One tensor as the header describes it; only the form is checked.
     *
     * @param begin first byte, counted from the end of the header
     * @param end byte after the last
     */
    record Entry(String name, DataType dataType, List<Long> shape, long begin, long end) {}

    /**
     * Reads a header.
     *
     * @throws tools.jackson.core.JacksonException if it is not JSON
     * @throws IllegalArgumentException if it is other JSON than a safetensors header, with the reason
     */
    static SafetensorsHeader parse(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            var header = new SafetensorsHeader(parser);
            header.read();
            return header;
        }
    }

    /** The tensors in the order of the header. */
    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** The texts beside the tensors. */
    Map<String, String> metadata() {
        return Map.copyOf(metadata);
    }

    private void read() {
        expect(parser.nextToken(), JsonToken.START_OBJECT, "the header");
        for (String name; (name = parser.nextName()) != null; ) {
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
                throw new IllegalArgumentException("a tensor's name contains half a surrogate pair");
            }
            if (name.equals(METADATA)) {
                readMetadata();
            } else {
                entries.put(name, entry(name));
            }
        }
        JsonToken after = parser.nextToken();
        if (after != null) {
            throw new IllegalArgumentException("something follows the header's object");
        }
    }

    private void readMetadata() {
        if (parser.nextToken() == JsonToken.VALUE_NULL) {
            return;
        }
        expect(parser.currentToken(), JsonToken.START_OBJECT, METADATA);
        for (String key; (key = parser.nextName()) != null; ) {
            expect(parser.nextToken(), JsonToken.VALUE_STRING, METADATA + "." + key);
            metadata.put(key, parser.getString());
        }
    }

    private Entry entry(String name) {
        expect(parser.nextToken(), JsonToken.START_OBJECT, "tensor '" + name + "'");
        DataType dataType = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        var seen = new HashSet<String>();
        for (String field; (field = parser.nextName()) != null; ) {
            String where = "'" + field + "' of tensor '" + name + "'";
            parser.nextToken();
            switch (field) {
                case "dtype" -> dataType = dataType(where);
                case "shape" -> shape = sizes(where);
                case "data_offsets" -> offsets = sizes(where);
                default -> {
                    parser.skipChildren();
                    continue;
                }
            }
            if (!seen.add(field)) {
                throw new IllegalArgumentException(where + " is given twice");
            }
        }
        if (dataType == null || shape == null || offsets == null) {
            throw new IllegalArgumentException(
                    "tensor '" + name + "' has the fields " + seen + ", expected dtype, shape and data_offsets");
        }
        if (offsets.size() != 2) {
            throw new IllegalArgumentException(
                    "'data_offsets' of tensor '" + name + "' has " + offsets.size() + " numbers, expected 2");
        }
        return new Entry(name, dataType, List.copyOf(shape), offsets.get(0), offsets.get(1));
    }

    private DataType dataType(String where) {
        expect(parser.currentToken(), JsonToken.VALUE_STRING, where);
        String name = parser.getString();
        for (DataType type : DataType.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException(where + " is '" + name + "', expected one of " + List.of(DataType.values()));
    }

    private List<Long> sizes(String where) {
        expect(parser.currentToken(), JsonToken.START_ARRAY, where);
        var sizes = new ArrayList<Long>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, where);
            long size = parser.getLongValue();
            if (size < 0) {
                throw new IllegalArgumentException(where + " contains the negative number " + size);
            }
            sizes.add(size);
        }
        return sizes;
    }

    private static void expect(@Nullable JsonToken found, JsonToken expected, String where) {
        if (found != expected) {
            throw new IllegalArgumentException(where + " is " + found + " in JSON, expected " + expected);
        }
    }
}
