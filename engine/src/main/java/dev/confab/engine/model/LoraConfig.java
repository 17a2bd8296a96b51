package dev.confab.engine.model;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an adapter of low rank is (Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", 2021), as PEFT's
 * {@code adapter_config.json} says it.
 *
 * @param base the model that it adapts: a folder, or a name on the hub ({@code base_model_name_or_path})
 * @param rank of the matrices A and B, at least 1 ({@code r})
 * @param alpha what their product is multiplied with, divided by the rank, above 0 ({@code lora_alpha})
 * @param rankStabilised whether it is divided by the rank's root instead ({@code use_rslora})
 * @param targets which of a block's matrices are adapted, by the ends of their names: {@code c_attn}, {@code c_proj} (of
 *     attention and feed-forward layer, or one of them as {@code attn.c_proj} or {@code mlp.c_proj}), {@code c_fc}
 *     ({@code target_modules})
 */
public record LoraConfig(String base, int rank, double alpha, boolean rankStabilised, List<String> targets) {
    /** The file's name in an adapter's folder. */
    public static final String NAME = "adapter_config.json";

    private static final List<String> MATRICES =
            List.of(TensorNames.QKV, TensorNames.PROJECTION, TensorNames.EXPAND, TensorNames.CONTRACT);
    private static final int LARGEST_RANK = 1 << 14;

    /**
     * Checks the ranges.
     *
     * @throws ConfabException if one is left, or a target is unknown
     */
    public LoraConfig {
        targets = List.copyOf(targets);
        if (rank < 1 || rank > LARGEST_RANK) {
            throw new ConfabException("LoRA's rank (r): " + rank + "; expected 1 to " + LARGEST_RANK);
        }
        if (!(alpha > 0 && Double.isFinite(alpha))) {
            throw new ConfabException("LoRA's alpha (lora_alpha): " + alpha + "; expected above 0");
        }
        if (targets.isEmpty()) {
            throw new ConfabException("LoRA has no targets (target_modules); choose some of c_attn, c_proj, c_fc");
        }
        for (String target : targets) {
            if (MATRICES.stream().noneMatch(matrix -> matches(matrix, target))) {
                throw new ConfabException("LoRA's targets (target_modules): GPT-2 has no matrix '" + target
                        + "' that could be adapted; choose some of c_attn, c_proj, c_fc");
            }
        }
    }

    private static boolean matches(String matrix, String target) {
        return matrix.equals(target) || matrix.endsWith("." + target);
    }

    /** Whether a folder holds an adapter. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(NAME));
    }

    /** What the product of A and B is multiplied with. */
    public double scale() {
        return alpha / (rankStabilised ? Math.sqrt(rank) : rank);
    }

    /** The canonical names of the adapted matrices, block by block. */
    public List<String> matrices(int layers) {
        var names = new ArrayList<String>();
        for (int layer = 0; layer < layers; layer++) {
            for (String matrix : MATRICES) {
                if (targets.stream().anyMatch(target -> matches(matrix, target))) {
                    names.add(TensorNames.block(layer, matrix) + TensorNames.WEIGHT);
                }
            }
        }
        return names;
    }

    /**
     * Reads the configuration in an adapter's folder.
     *
     * @throws ConfabException if the file is no such configuration, or asks for more than plain LoRA
     */
    public static LoraConfig read(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            JsonNode json = JsonMapper.shared().readTree(file);
            requirePlain(json);
            JsonNode targets = json.path("target_modules");
            if (!targets.isArray()) {
                throw new ConfabException("target_modules is " + targets + "; expected a list of names");
            }
            return new LoraConfig(
                    json.path("base_model_name_or_path").asString(""),
                    json.path("r").asInt(0),
                    json.path("lora_alpha").asDouble(0),
                    json.path("use_rslora").asBoolean(false),
                    targets.valueStream().map(target -> target.asString("")).toList());
        } catch (JacksonException e) {
            throw new ConfabException(file + ": not the JSON of an adapter: " + e.getOriginalMessage(), e);
        } catch (ConfabException e) {
            throw new ConfabException(file + ": " + e.getMessage(), e);
        }
    }

    private static void requirePlain(JsonNode json) {
        String type = json.path("peft_type").asString("");
        if (!type.equals("LORA")) {
            throw new ConfabException(
                    "peft_type is '" + type + "'; Confab knows LORA; merge it in Python and save the" + " whole model");
        }
        for (String feature : List.of("use_dora", "lora_bias")) {
            if (json.path(feature).asBoolean(false)) {
                throw unknown(feature, json);
            }
        }
        for (String feature : List.of("rank_pattern", "alpha_pattern", "modules_to_save")) {
            if (!json.path(feature).isEmpty()) {
                throw unknown(feature, json);
            }
        }
        if (!json.path("bias").asString("none").equals("none")) {
            throw unknown("bias", json);
        }
    }

    private static ConfabException unknown(String feature, JsonNode json) {
        return new ConfabException(feature + " is " + json.path(feature)
                + ", which Confab does not know; merge the adapter in Python and save the whole model");
    }

    /**
     * Writes the configuration for Confab and for PEFT.
     *
     * @throws ConfabException if that fails
     */
    public void write(Path folder) {
        var mapper = JsonMapper.shared();
        ObjectNode json = mapper.createObjectNode()
                .put("peft_type", "LORA")
                .put("task_type", "CAUSAL_LM")
                .put("base_model_name_or_path", base)
                .put("r", rank)
                .put("lora_alpha", alpha)
                .put("use_rslora", rankStabilised)
                .put("lora_dropout", 0.0)
                .put("bias", "none")
                .put("fan_in_fan_out", true)
                .put("inference_mode", true);
        if (alpha == Math.rint(alpha)) {
            json.put("lora_alpha", (long) alpha);
        }
        targets.forEach(json.putArray("target_modules")::add);
        Path file = folder.resolve(NAME);
        try {
            Files.writeString(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        } catch (IOException e) {
            throw new ConfabException(file + ": cannot be written: " + e, e);
        }
    }
}
