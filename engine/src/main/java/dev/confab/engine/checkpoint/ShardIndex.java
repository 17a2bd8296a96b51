package dev.confab.engine.checkpoint;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a checkpoint that is split into shards: an index says which file has which tensor.
 *
 * <p>The index decides: each tensor that it names must be in the shard that it names, and what else a shard holds is
 * left out.
 */
final class ShardIndex {
    static final String SUFFIX = ".index.json";

    private static final String WEIGHT_MAP = "weight_map";
    private static final long MAX_BYTES = 16_000_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final MappedFile index;

    private ShardIndex(MappedFile index) {
        this.index = index;
    }

    /** The tensors shard by shard, in the order in which the index first names the shards and each holds them. */
    static List<StoredTensor> read(Path path, Arena arena) {
        return new ShardIndex(MappedFile.map(path, arena)).read(arena);
    }

    private List<StoredTensor> read(Arena arena) {
        Map<String, String> shardOfTensor = weightMap();
        Map<String, Path> shards = new LinkedHashMap<>();
        for (String shard : shardOfTensor.values()) {
            shards.computeIfAbsent(shard, this::locate);
        }
        Map<String, String> missing = new LinkedHashMap<>(shardOfTensor);
        var tensors = new ArrayList<StoredTensor>();
        shards.forEach((shard, path) -> {
            for (StoredTensor tensor : WeightFile.read(MappedFile.map(path, arena))) {
                if (missing.remove(tensor.name(), shard)) {
                    tensors.add(tensor);
                }
            }
        });
        missing.forEach((name, shard) -> {
            throw index.fault("names " + shard + " as the file of tensor '" + name
                    + "', which is not in it: index and shards are not of the same checkpoint");
        });
        return tensors;
    }

    private Map<String, String> weightMap() {
        if (index.size() > MAX_BYTES) {
            throw index.fault("has " + index.size() + " bytes, no index of shards is longer than " + MAX_BYTES);
        }
        ForeignFile.describeNonJson(index).ifPresent(description -> {
            throw index.fault(description);
        });
        JsonNode map;
        try {
            map = JSON.readTree(index.bytes().toArray(LittleEndian.BYTE)).path(WEIGHT_MAP);
        } catch (JacksonException e) {
            throw index.fault("is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!map.isObject() || map.isEmpty()) {
            throw index.fault("has no object '" + WEIGHT_MAP + "' that says which file holds which tensor");
        }
        Map<String, String> shardOfTensor = new LinkedHashMap<>();
        map.forEachEntry((name, shard) -> {
            if (!shard.isString()) {
                throw index.fault("'" + WEIGHT_MAP + "' has " + shard.getNodeType() + " for '" + name
                        + "', expected the name of a file");
            }
            shardOfTensor.put(name, shard.stringValue());
        });
        return shardOfTensor;
    }

    /** A shard lies beside the index and nowhere else: the index is untrusted and may not reach into other folders. */
    private Path locate(String shard) {
        if (shard.isEmpty() || shard.startsWith(".") || !shard.chars().allMatch(ShardIndex::isPlain)) {
            throw index.fault(
                    "refused: names the shard '" + shard + "', expected the plain name of a file in the same folder");
        }
        Path path = index.path().resolveSibling(shard);
        if (!Files.isRegularFile(path)) {
            throw index.fault("lists the shard " + shard + ", which is missing in its folder; download it again");
        }
        return path;
    }

    private static boolean isPlain(int character) {
        return character > ' ' && character != '/' && character != '\\' && character != ':' && character != 0x7F;
    }
}
