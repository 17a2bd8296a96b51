package dev.confab.engine.model;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tensor.Activation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads {@code config.json}: Hugging Face's, and the shorter one of Microsoft's original release, in which many keys are
 * missing. What is missing has the default of transformers' {@code GPT2Config}.
 */
public final class Gpt2ConfigFile {
    /** The file's name in a checkpoint's folder. */
    public static final String NAME = "config.json";

    private static final Map<String, Activation> ACTIVATIONS = new TreeMap<>(Map.of(
            "gelu_new", Activation.GELU_NEW,
            "gelu_fast", Activation.GELU_NEW,
            "gelu_pytorch_tanh", Activation.GELU_NEW,
            "gelu", Activation.GELU,
            "quick_gelu", Activation.QUICK_GELU,
            "relu", Activation.RELU,
            "silu", Activation.SILU,
            "swish", Activation.SILU,
            "tanh", Activation.TANH,
            "linear", Activation.IDENTITY));

    private final Path file;
    private final JsonNode json;

    private Gpt2ConfigFile(Path file, JsonNode json) {
        this.file = file;
        this.json = json;
    }

    /**
     * Reads the configuration in a checkpoint's folder.
     *
     * @throws ConfabException if the file is missing, is not JSON, describes another kind of model or holds a value that
     *     is not possible
     */
    public static Gpt2Config read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new ConfabException(folder + ": no " + NAME + " here; a checkpoint's folder holds " + NAME
                    + ", the weights and the tokenizer's files");
        }
        try {
            JsonNode json = JsonMapper.shared().readTree(file);
            if (json == null || !json.isObject()) {
                throw new ConfabException(file + ": expected a JSON object");
            }
            return new Gpt2ConfigFile(file, json).config();
        } catch (JacksonException e) {
            throw new ConfabException(file + ": not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The configuration as transformers writes it, for a model that it would load.
     *
     * @param dropout what the model was trained with, for those who train on
     */
    public static ObjectNode toJson(Gpt2Config config, float dropout) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.putArray("architectures").add("GPT2LMHeadModel");
        json.put("model_type", "gpt2")
                .put("vocab_size", config.vocabularySize())
                .put("n_positions", config.positions())
                .put("n_ctx", config.positions())
                .put("n_embd", config.hiddenSize())
                .put("n_layer", config.layers())
                .put("n_head", config.heads())
                .put("n_inner", config.innerSize())
                .put("activation_function", name(config.activation()))
                .put("layer_norm_epsilon", config.layerNormEpsilon())
                .put("scale_attn_weights", config.scaleAttention())
                .put("scale_attn_by_inverse_layer_idx", config.scaleByInverseLayer())
                .put("tie_word_embeddings", config.tiedHead())
                .put("initializer_range", 0.02)
                .put("resid_pdrop", dropout)
                .put("embd_pdrop", dropout)
                .put("attn_pdrop", dropout)
                .put("use_cache", true);
        config.bosTokenId().ifPresent(id -> json.put("bos_token_id", id));
        config.eosTokenId().ifPresent(id -> json.put("eos_token_id", id));
        return json;
    }

    private static String name(Activation activation) {
        return switch (activation) {
            case GELU_NEW -> "gelu_new";
            case GELU -> "gelu";
            case QUICK_GELU -> "quick_gelu";
            case RELU -> "relu";
            case SILU -> "silu";
            case TANH -> "tanh";
            case IDENTITY -> "linear";
        };
    }

    private Gpt2Config config() {
        String type = json.path("model_type").asString("gpt2");
        if (!type.equals("gpt2")) {
            throw new ConfabException(file + ": model_type is '" + type
                    + "'; Confab runs models of the GPT-2 family (model_type 'gpt2') only");
        }
        int hiddenSize = integer("n_embd", 768);
        return new Gpt2Config(
                integer("vocab_size", 50257),
                integer("n_positions", integer("n_ctx", 1024)),
                hiddenSize,
                integer("n_layer", 12),
                integer("n_head", 12),
                integer("n_inner", 4 * hiddenSize),
                activation(),
                number("layer_norm_epsilon", 1e-5f),
                flag("scale_attn_weights", true),
                flag("scale_attn_by_inverse_layer_idx", false),
                flag("tie_word_embeddings", true),
                tokenId("bos_token_id"),
                tokenId("eos_token_id"));
    }

    private Activation activation() {
        String name = present("activation_function")
                ? json.path("activation_function").asString("")
                : "gelu_new";
        Activation activation = ACTIVATIONS.get(name);
        if (activation == null) {
            throw new ConfabException(
                    file + ": activation_function is '" + name + "'; Confab knows " + ACTIVATIONS.keySet());
        }
        return activation;
    }

    private boolean present(String key) {
        return !json.path(key).isMissingNode() && !json.path(key).isNull();
    }

    private int integer(String key, int otherwise) {
        if (!present(key)) {
            return otherwise;
        }
        JsonNode value = json.path(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new ConfabException(file + ": " + key + " is " + value + "; expected a whole number");
        }
        return value.asInt();
    }

    private float number(String key, float otherwise) {
        if (!present(key)) {
            return otherwise;
        }
        JsonNode value = json.path(key);
        if (!value.isNumber()) {
            throw new ConfabException(file + ": " + key + " is " + value + "; expected a number");
        }
        return (float) value.asDouble();
    }

    private boolean flag(String key, boolean otherwise) {
        if (!present(key)) {
            return otherwise;
        }
        JsonNode value = json.path(key);
        if (!value.isBoolean()) {
            throw new ConfabException(file + ": " + key + " is " + value + "; expected true or false");
        }
        return value.asBoolean();
    }

    private OptionalInt tokenId(String key) {
        return present(key) ? OptionalInt.of(integer(key, 0)) : OptionalInt.empty();
    }
}
