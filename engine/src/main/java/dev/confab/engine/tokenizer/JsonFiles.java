package dev.confab.engine.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a tokenizer's JSON files, none of them trusted, with errors that name file and line. */
final class JsonFiles {
    /** Far above every known vocabulary; keeps a wrong id from reserving gigabytes. */
    static final int HIGHEST_ID = (1 << 22) - 1;

    private static final long LARGEST_FILE_BYTES = 256L << 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonFiles() {}

    /** A file that holds one JSON object. */
    static JsonNode readObject(Path file) {
        checkSize(file);
        try {
            JsonNode node = JSON.readTree(file);
            if (!node.isObject()) {
                throw new TokenizerException(file + ": expected a JSON object, found "
                        + node.getNodeType().toString().toLowerCase(Locale.ROOT));
            }
            return node;
        } catch (JacksonException e) {
            throw fault(file, e);
        }
    }

    /** The same where the file may be missing: then an empty object. */
    static JsonNode readObjectIfPresent(Path file) {
        return Files.exists(file) ? readObject(file) : JSON.createObjectNode();
    }

    /** A file that maps tokens to ids, such as {@code vocab.json}, in its order; read as a stream, for it is large. */
    static Map<String, Integer> readIds(Path file) {
        checkSize(file);
        var ids = new LinkedHashMap<String, Integer>();
        try (JsonParser parser = JSON.createParser(file)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw fault(file, parser, "expected a JSON object of tokens and ids, found " + parser.getString());
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String token = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                    throw fault(file, parser, "token '" + token + "' has " + parser.getString() + ", expected an id");
                }
                ids.put(token, checkedId(file + ", line " + line(parser), token, parser.getLongValue()));
            }
            return ids;
        } catch (JacksonException e) {
            throw fault(file, e);
        }
    }

    /** An id within bounds. */
    static int checkedId(String where, String token, long id) {
        if (id < 0 || id > HIGHEST_ID) {
            throw new TokenizerException(
                    where + ": token '" + token + "' has id " + id + ", expected 0 to " + HIGHEST_ID);
        }
        return (int) id;
    }

    /**
     * A text of UTF-8.
     *
     * @throws TokenizerException if it cannot be read, or is not UTF-8
     */
    static String readText(Path file) {
        checkSize(file);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new TokenizerException(file + ": cannot be read as UTF-8 text: " + e.getMessage(), e);
        }
    }

    private static void checkSize(Path file) {
        try {
            long size = Files.size(file);
            if (size > LARGEST_FILE_BYTES) {
                throw new TokenizerException(file + ": has " + size + " bytes, at most " + LARGEST_FILE_BYTES
                        + " are accepted for a tokenizer's file");
            }
        } catch (IOException e) {
            throw new TokenizerException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static TokenizerException fault(Path file, JsonParser parser, @Nullable String fault) {
        return new TokenizerException(file + ", line " + line(parser) + ": " + fault);
    }

    private static TokenizerException fault(Path file, JacksonException e) {
        String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
        return new TokenizerException(file + line + ": " + e.getOriginalMessage(), e);
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
