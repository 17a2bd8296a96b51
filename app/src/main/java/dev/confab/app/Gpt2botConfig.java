package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationException;
import dev.confab.engine.generation.GenerationOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * A configuration file of gpt2bot, read as options of {@code confab telegram}. Each of its lines becomes an option, or is
 * named with the reason why it does not.
 *
 * @param options by name, as a file for {@code --config} has them
 * @param notes what was not taken over as it stands, a line for each
 */
record Gpt2botConfig(Map<String, JsonNode> options, List<String> notes) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int LONGEST_FILE = 1 << 20;

    /** A turn with its answer, in tokens, by which their number becomes a budget. */
    private static final int TOKENS_OF_AN_EXCHANGE = 40;

    private static final Map<String, String> NOT_NEEDED = Map.ofEntries(
            Map.entry("device", "Confab computes on the processor; --threads says with how many threads"),
            Map.entry("no_cuda", "Confab computes on the processor"),
            Map.entry("debug", "give --debug on the command line"),
            Map.entry("config", "the model's folder has its configuration"),
            Map.entry("tokenizer", "the model's folder has its tokenizer"),
            Map.entry("framework", "there is only one"),
            Map.entry("use_cache", "what the model has read is always kept"),
            Map.entry("decoder_start_token_id", "DialoGPT has no encoder"),
            Map.entry("clean_up_tokenization_spaces", "the tokenizer's own file says so"),
            Map.entry("continue_after_restart", "conversations always go on, and nobody is told of a restart"),
            Map.entry("data_filename", "conversations are in a database, see --data; a pickle file is not read"),
            Map.entry("data_folder", "see --data"),
            Map.entry("dataset", "the model's name says it"),
            Map.entry("from_scratch", "the model's name says it"),
            Map.entry("use_mmi", "see --rank mmi"),
            Map.entry("telegram_token", "a secret does not belong here: set TELEGRAM_BOT_TOKEN, or use --token-file"),
            Map.entry("giphy_token", "a secret does not belong here: set GIPHY_API_KEY"));

    private static final Map<String, String> RENAMED = Map.of(
            "model", "model",
            "num_return_sequences", "candidates",
            "giphy_prob", "gif_probability",
            "giphy_max_words", "gif_words",
            "giphy_weirdness", "gif_weirdness");

    private static final Set<String> NUMBERS =
            Set.of("num_return_sequences", "giphy_prob", "giphy_max_words", "giphy_weirdness");

    /**
     * Reads a file.
     *
     * @throws ConfabException if it cannot be read, or is not made of sections with lines such as {@code top_p = 0.9}
     */
    static Gpt2botConfig read(Path file) {
        var reading = new Gpt2botConfig(new LinkedHashMap<>(), new ArrayList<>());
        int number = 0;
        boolean inSection = false;
        for (String raw : lines(file)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                inSection = true;
                continue;
            }
            if (!inSection) {
                throw new ConfabException(file + ":" + number + ": expected a section such as [chatbot_params], found '"
                        + shortened(line) + "'; is this gpt2bot's configuration?");
            }
            String[] parts = line.split("\\s*[=:]\\s*", 2);
            reading.take(parts[0].toLowerCase(Locale.ROOT), parts.length == 1 ? "" : parts[1].strip());
        }
        return reading;
    }

    /** The options as a file for {@code --config}. */
    String toYaml() {
        ObjectNode document = NODES.objectNode();
        options.forEach(document::set);
        return options.isEmpty() ? "" : YAML.writeValueAsString(document);
    }

    private void take(String key, String value) {
        String reason = NOT_NEEDED.get(key);
        if (reason != null) {
            notes.add(key + ": not needed; " + reason);
        } else if (key.endsWith("_weight")) {
            takeWeight(key, value);
        } else if (value.isEmpty() || value.equals("None")) {
            notes.add(key + ": empty, so the default holds");
        } else if (key.equals("model_size")) {
            options.put("model", NODES.stringNode("microsoft/DialoGPT-" + value));
        } else if (key.equals("max_turns_history")) {
            takeTurns(key, value);
        } else if (RENAMED.containsKey(key)) {
            options.put(RENAMED.get(key), NUMBERS.contains(key) ? number(key, value) : NODES.stringNode(value));
        } else {
            takeGeneration(key, value);
        }
    }

    /** DialogRPT's models are combined as they were published, which is what gpt2bot's own weights are, too. */
    private void takeWeight(String key, String value) {
        if (value.isEmpty() || value.equals("None")) {
            notes.add(key + ": empty, so this model ranks nothing");
            return;
        }
        options.put("rank", NODES.stringNode("dialogrpt"));
        notes.add(key + ": became rank, the ensemble of DialogRPT with its published weights; it has an effect with"
                + " candidates above 1");
    }

    private void takeTurns(String key, String value) {
        int turns = number(key, value).asInt(0);
        if (turns < 0) {
            notes.add(key + ": all turns cannot be shown to a model; --memory is the budget, in tokens");
            return;
        }
        options.put("memory", NODES.numberNode((turns + 1) * TOKENS_OF_AN_EXCHANGE));
        notes.add(key + ": became memory, which is counted in tokens, " + TOKENS_OF_AN_EXCHANGE
                + " for a turn with its answer");
    }

    private void takeGeneration(String key, String value) {
        boolean known =
                GenerationOption.all().stream().anyMatch(option -> option.name().equals(key));
        if (!known) {
            notes.add(key + ": not known here, and left out");
            return;
        }
        JsonNode parsed = key.equals("bad_words_ids") ? words(key, value) : scalar(value);
        ObjectNode request = NODES.objectNode();
        request.set(key, parsed);
        try {
            GenerationConfig.fromJson(request, Set.of());
            options.put(key, parsed);
        } catch (GenerationException e) {
            notes.add(key + ": left out; " + e.getMessage());
        }
    }

    /** gpt2bot has a flat list of tokens here, transformers a list of words, each a list of tokens. */
    private static JsonNode words(String key, String value) {
        ArrayNode words = NODES.arrayNode();
        for (String token : value.replaceAll("[\\[\\]]", "").split("\\s*,\\s*", -1)) {
            words.addArray().add(number(key, token));
        }
        return words;
    }

    private static JsonNode scalar(String value) {
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return NODES.booleanNode(Boolean.parseBoolean(value.toLowerCase(Locale.ROOT)));
        }
        try {
            return parsed(value);
        } catch (NumberFormatException _) {
            return NODES.stringNode(value);
        }
    }

    private static JsonNode number(String key, String value) {
        try {
            return parsed(value);
        } catch (NumberFormatException e) {
            throw new ConfabException(
                    "gpt2bot's option " + key + " is '" + shortened(value) + "', expected a number", e);
        }
    }

    private static JsonNode parsed(String value) {
        return value.matches("-?\\d{1,9}")
                ? NODES.numberNode(Integer.parseInt(value))
                : NODES.numberNode(Double.parseDouble(value));
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new ConfabException(
                        file + " has " + Files.size(file) + " bytes; is this gpt2bot's configuration?");
            }
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new ConfabException(file + ": cannot be read: " + e, e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
