package dev.confab.engine.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which of a model's files are needed. The others (TensorFlow, Flax, ONNX, Rust) are left where they are. */
public enum ModelFiles {
    /** Settings, tokenizer and weights, of a model or of an adapter. */
    MODEL,
    /** Settings and tokenizer, a few megabytes at most. */
    TOKENIZER;

    private static final String CONFIG = "config.json";
    private static final List<String> SETTINGS = List.of(CONFIG, "generation_config.json");
    private static final List<String> TOKENIZER_FILES = List.of(
            "vocab.json",
            "merges.txt",
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json");

    /** In the order of preference: safetensors open fastest and can hold nothing but tensors. */
    private static final List<String> WEIGHTS = List.of(
            "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json");

    /** What makes a folder one of an adapter. Fetched only where there is no whole model beside it. */
    private static final String ADAPTER_CONFIG = "adapter_config.json";

    private static final List<String> ADAPTER_WEIGHTS = List.of("adapter_model.safetensors", "adapter_model.bin");

    private static final String INDEX_SUFFIX = ".index.json";
    private static final long MAX_INDEX_BYTES = 64L << 20;

    /** The file that says which shards hold the weights, where the weights that would be chosen are in shards. */
    Optional<String> index(Set<String> available) {
        return this == TOKENIZER
                ? Optional.empty()
                : weights(available::contains).filter(file -> file.endsWith(INDEX_SUFFIX));
    }

    /**
     * The files to fetch, weights last. Of an adapter these are its own; its base is another repository.
     *
     * @param available what the repository has
     * @param shards what the {@linkplain #index index} names; empty where there is none
     * @throws HubException where the repository has no weights in a known format, or lacks a shard
     */
    List<String> choose(Set<String> available, Collection<String> shards) {
        var chosen = new ArrayList<String>();
        Stream.concat(SETTINGS.stream(), TOKENIZER_FILES.stream())
                .filter(available::contains)
                .forEach(chosen::add);
        Optional<String> weights = weights(available::contains);
        if (weights.isEmpty() && available.contains(ADAPTER_CONFIG)) {
            chosen.add(ADAPTER_CONFIG);
            weights = ADAPTER_WEIGHTS.stream().filter(available::contains).findFirst();
        }
        if (this == MODEL) {
            chosen.add(weights.orElseThrow(() -> noWeights(available)));
            addShards(chosen, available, shards);
        }
        return chosen;
    }

    private static void addShards(List<String> chosen, Set<String> available, Collection<String> shards) {
        for (String shard : shards) {
            if (!available.contains(shard)) {
                throw new HubException(
                        "the index of the weights names the shard '%s', which the repository lacks".formatted(shard));
            }
            chosen.add(shard);
        }
    }

    /** Whether a folder of the cache has what cannot be done without. */
    boolean areIn(Path folder) {
        Predicate<String> has = file -> Files.isRegularFile(folder.resolve(file));
        return switch (this) {
            // An adapter without a tokenizer has its base's.
            case TOKENIZER ->
                has.test("tokenizer.json")
                        || (has.test("vocab.json") && has.test("merges.txt"))
                        || has.test(ADAPTER_CONFIG);
            case MODEL ->
                has.test(ADAPTER_CONFIG)
                        ? ADAPTER_WEIGHTS.stream().anyMatch(has)
                        : has.test(CONFIG)
                                && weights(has)
                                        .filter(file -> areWhole(folder, file))
                                        .isPresent();
        };
    }

    /**
     * The shards that an index names, in the order of their names.
     *
     * @throws HubException where the file is no index, or a shard is not a plain file name
     */
    static Set<String> shards(Path index) {
        var shards = new TreeSet<String>();
        for (JsonNode shard : readIndex(index).path("weight_map")) {
            String file = shard.asString("");
            if (file.isEmpty() || file.startsWith(".") || file.contains("/") || file.contains("\\")) {
                throw new HubException(
                        "%s: '%s' is not the name of a shard, expected one such as model-00001-of-00002.safetensors"
                                .formatted(index, file));
            }
            shards.add(file);
        }
        if (shards.isEmpty()) {
            throw new HubException(
                    "%s names no shards, expected an object 'weight_map' of tensor names and files".formatted(index));
        }
        return shards;
    }

    private static JsonNode readIndex(Path index) {
        try {
            if (Files.size(index) > MAX_INDEX_BYTES) {
                throw new HubException("%s has %d bytes, expected at most %d in an index of weights"
                        .formatted(index, Files.size(index), MAX_INDEX_BYTES));
            }
            return JsonMapper.shared().readTree(Files.readAllBytes(index));
        } catch (IOException | JacksonException e) {
            throw new HubException("%s cannot be read as an index of weights: %s".formatted(index, e.getMessage()), e);
        }
    }

    private static Optional<String> weights(Predicate<String> has) {
        return WEIGHTS.stream().filter(has).findFirst();
    }

    private static boolean areWhole(Path folder, String weights) {
        return !weights.endsWith(INDEX_SUFFIX)
                || shards(folder.resolve(weights)).stream()
                        .allMatch(shard -> Files.isRegularFile(folder.resolve(shard)));
    }

    private static HubException noWeights(Set<String> available) {
        var shown = available.stream().sorted().limit(12).toList();
        return new HubException("the repository has no weights in a known format; expected one of %s, found %s%s"
                .formatted(
                        String.join(", ", WEIGHTS),
                        shown.isEmpty() ? "no files" : String.join(", ", shown),
                        available.size() > shown.size() ? ", ..." : ""));
    }
}
