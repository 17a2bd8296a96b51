package dev.confab.engine.generation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes {@code generation_config.json}, and reads the options of a request.
 *
 * <p>A file of another program may hold options that we do not know; they are kept and written again. A request that
 * names an unknown option is refused, since that is a typing error.
 */
public final class GenerationConfigJson {
    /** The name of the file in a model's folder. */
    public static final String FILE_NAME = "generation_config.json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private GenerationConfigJson() {}

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     * @throws GenerationException if it is no JSON object, or a known option has a value of the wrong kind
     */
    public static GenerationConfig read(Path file) throws IOException {
        try {
            return fromFile(MAPPER.readTree(Files.readString(file)));
        } catch (JacksonException e) {
            throw new GenerationException(file + " is not JSON: " + e.getOriginalMessage());
        } catch (GenerationException e) {
            throw new GenerationException(file + ": " + e.getMessage());
        }
    }

    /**
     * Writes what is set, and what was unknown when the configuration was read.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(GenerationConfig config, Path file) throws IOException {
        Files.writeString(file, MAPPER.writeValueAsString(toJson(config)) + "\n");
    }

    /** What is set, with transformers' names. */
    public static ObjectNode toJson(GenerationConfig config) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        config.values().forEach((option, value) -> put(json, option, value));
        config.unknown().forEach(json::set);
        return json;
    }

    static GenerationConfig fromRequest(JsonNode request, Set<String> besides) {
        GenerationConfigBuilder builder = GenerationConfig.builder();
        for (Map.Entry<String, JsonNode> entry : properties(request)) {
            if (!besides.contains(entry.getKey())) {
                GenerationOption<?> option = GenerationOption.byName().get(entry.getKey());
                if (option == null) {
                    throw new GenerationException("unknown option " + entry.getKey() + "; the options are "
                            + String.join(", ", GenerationOption.byName().keySet()));
                }
                read(builder, option, entry.getValue());
            }
        }
        return builder.build();
    }

    private static GenerationConfig fromFile(JsonNode file) {
        GenerationConfigBuilder builder = GenerationConfig.builder();
        for (Map.Entry<String, JsonNode> entry : properties(file)) {
            GenerationOption<?> option = GenerationOption.byName().get(entry.getKey());
            if (option == null) {
                builder.keep(entry.getKey(), entry.getValue());
            } else if (!entry.getValue().isNull()) {
                read(builder, option, entry.getValue());
            }
        }
        return builder.build();
    }

    private static Set<Map.Entry<String, JsonNode>> properties(JsonNode json) {
        if (!json.isObject()) {
            throw new GenerationException("expected a JSON object with options, found "
                    + json.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
        }
        return json.properties();
    }

    private static <T> void read(GenerationConfigBuilder builder, GenerationOption<T> option, JsonNode node) {
        T value = node.isNull() ? option.whenNull() : option.read(node);
        if (value != null) {
            builder.set(option, value);
        }
    }

    @SuppressWarnings("unchecked") // a value is stored under the option of its type only
    private static <T> void put(ObjectNode json, GenerationOption<T> option, Object value) {
        json.set(option.name(), option.write((T) value));
    }
}
