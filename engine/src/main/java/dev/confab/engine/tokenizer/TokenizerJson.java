package dev.confab.engine.tokenizer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code tokenizer.json}, the one-file form of the Rust tokenizers library, as far as GPT-2 uses it. */
final class TokenizerJson {
    private final Path file;
    private final JsonNode root;

    private TokenizerJson(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /** Reads a file; anything in it that would make other tokens than GPT-2's is refused by name. */
    static BytePairModel read(Path file) {
        return new TokenizerJson(file, JsonFiles.readObject(file)).model();
    }

    private BytePairModel model() {
        refuseOtherParts();
        JsonNode model = root.path("model");
        Map<String, Integer> vocabulary = vocabulary(model.path("vocab"));
        return new BytePairModel(
                vocabulary,
                merges(model.path("merges"), vocabulary),
                addedTokens(),
                model.path("unk_token").isString() ? model.path("unk_token").asString() : null,
                root.path("pre_tokenizer").path("add_prefix_space").asBoolean(false));
    }

    private void refuseOtherParts() {
        requireType("model", "BPE", false);
        requireType("pre_tokenizer", "ByteLevel", false);
        requireType("decoder", "ByteLevel", false);
        requireType("post_processor", "ByteLevel", true);
        refuse("normalizer", root.path("normalizer"));
        JsonNode model = root.path("model");
        refuse("model.dropout", model.path("dropout"));
        refuse("model.continuing_subword_prefix", model.path("continuing_subword_prefix"));
        refuse("model.end_of_word_suffix", model.path("end_of_word_suffix"));
        refuse("model.byte_fallback", model.path("byte_fallback"));
        refuse("model.ignore_merges", model.path("ignore_merges"));
        if (!root.path("pre_tokenizer").path("use_regex").asBoolean(true)) {
            throw fault("pre_tokenizer.use_regex is false, expected GPT-2's own pattern");
        }
    }

    private void requireType(String part, String expected, boolean mayBeMissing) {
        JsonNode node = root.path(part);
        if (mayBeMissing && (node.isMissingNode() || node.isNull())) {
            return;
        }
        // Files of early releases name no type for their model.
        if (part.equals("model") && node.isObject() && node.path("type").isMissingNode()) {
            return;
        }
        if (!node.path("type").asString("").equals(expected)) {
            throw fault(part + " is of type '" + node.path("type").asString("") + "', expected '" + expected
                    + "', for this is not a GPT-2 tokenizer");
        }
    }

    private void refuse(String name, JsonNode value) {
        boolean unset = value.isMissingNode()
                || value.isNull()
                || (value.isString() && value.asString().isEmpty())
                || (value.isBoolean() && !value.asBoolean());
        if (!unset) {
            throw fault(name + " is " + value + ", expected none, for this is not a GPT-2 tokenizer");
        }
    }

    private Map<String, Integer> vocabulary(JsonNode node) {
        if (!node.isObject()) {
            throw fault("model.vocab is missing or not an object");
        }
        var vocabulary = new LinkedHashMap<String, Integer>();
        node.forEachEntry((token, id) -> vocabulary.put(token, id("model.vocab", token, id)));
        return vocabulary;
    }

    private MergeTable merges(JsonNode node, Map<String, Integer> vocabulary) {
        if (!node.isArray()) {
            throw fault("model.merges is missing or not an array");
        }
        var merges = new MergeTable(node.size());
        for (int rank = 0; rank < node.size(); rank++) {
            JsonNode merge = node.get(rank);
            String where = file + ": model.merges[" + rank + "]";
            if (merge.isString()) {
                BytePairModel.addMerge(merges, vocabulary, merge.asString(), rank, where);
            } else if (merge.size() == 2
                    && merge.path(0).isString()
                    && merge.path(1).isString()) {
                String left = merge.path(0).asString();
                BytePairModel.addMerge(merges, vocabulary, left, merge.path(1).asString(), rank, where);
            } else {
                throw new TokenizerException(
                        where + ": expected \"left right\" or [\"left\", \"right\"], found " + merge);
            }
        }
        return merges;
    }

    private SortedMap<Integer, AddedToken> addedTokens() {
        var added = new TreeMap<Integer, AddedToken>();
        for (JsonNode entry : root.path("added_tokens")) {
            AddedToken token = TokenizerConfig.addedToken(file + ": added_tokens", entry, false);
            added.put(id("added_tokens", token.content(), entry.path("id")), token);
        }
        return added;
    }

    private int id(String part, String token, @Nullable JsonNode id) {
        if (id == null || !id.isIntegralNumber() || !id.canConvertToLong()) {
            throw fault(part + ": token '" + token + "' has " + id + ", expected an id");
        }
        return JsonFiles.checkedId(file + ": " + part, token, id.asLong());
    }

    private TokenizerException fault(String fault) {
        return new TokenizerException(file + ": " + fault);
    }
}
