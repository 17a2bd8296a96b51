package dev.confab.engine.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The settings beside the vocabulary: {@code tokenizer_config.json}, and of older checkpoints
 * {@code special_tokens_map.json} and {@code added_tokens.json}, which count only while the first has no
 * {@code added_tokens_decoder}.
 *
 * @param namedTokens special tokens by role ({@code "eos_token"}); a role that the files set to null has a null value
 * @param addedTokens tokens with their ids
 * @param addPrefixSpace whether a space goes before every text; null if the files do not say
 * @param addBosToken whether every text starts with the bos token
 * @param splitSpecialTokens whether special tokens' spellings are text
 * @param cleanUpSpaces whether decoding takes out spaces before punctuation
 * @param modelMaxLength positions of the model in tokens, or {@link Integer#MAX_VALUE}
 * @param paddingSide where batches are filled
 * @param truncationSide where batches are cut
 * @param chatTemplate the template's text, if there is one
 */
record TokenizerConfig(
        Map<String, @Nullable AddedToken> namedTokens,
        SortedMap<Integer, AddedToken> addedTokens,
        @Nullable Boolean addPrefixSpace,
        boolean addBosToken,
        boolean splitSpecialTokens,
        boolean cleanUpSpaces,
        int modelMaxLength,
        Side paddingSide,
        Side truncationSide,
        @Nullable String chatTemplate) {
    static final String BOS = "bos_token";
    static final String EOS = "eos_token";
    static final String UNK = "unk_token";
    static final String PAD = "pad_token";
    static final String FILE = "tokenizer_config.json";
    static final String SPECIAL_TOKENS_FILE = "special_tokens_map.json";
    static final String ADDITIONAL = "additional_special_tokens";
    static final String ADDED_TOKENS_DECODER = "added_tokens_decoder";

    private static final String[] ROLES = {BOS, EOS, UNK, "sep_token", PAD, "cls_token", "mask_token"};

    /** DialoGPT's: every turn as it stands, and the eos token after it. */
    private static final String DIALOGUE_TEMPLATE =
            "{% for message in messages %}{{ message.content }}{{ eos_token }}{% endfor %}";

    static TokenizerConfig load(Path folder) {
        Path file = folder.resolve(FILE);
        JsonNode config = JsonFiles.readObjectIfPresent(file);
        Map<String, @Nullable AddedToken> named = new LinkedHashMap<>();
        SortedMap<Integer, AddedToken> added = new TreeMap<>();
        readNamedTokens(file, config, named);
        if (config.path(ADDED_TOKENS_DECODER).isObject()) {
            readAddedTokensDecoder(file, config.path(ADDED_TOKENS_DECODER), added);
        } else {
            Path map = folder.resolve(SPECIAL_TOKENS_FILE);
            readNamedTokens(map, JsonFiles.readObjectIfPresent(map), named);
            readAddedTokensFile(folder.resolve("added_tokens.json"), named, added);
        }
        return new TokenizerConfig(
                named,
                added,
                config.has("add_prefix_space") ? flag(file, config, "add_prefix_space") : null,
                flag(file, config, "add_bos_token"),
                flag(file, config, "split_special_tokens"),
                flag(file, config, "clean_up_tokenization_spaces"),
                modelMaxLength(file, config),
                side(file, config, "padding_side"),
                side(file, config, "truncation_side"),
                chatTemplate(folder, file, config));
    }

    /** What a new vocabulary has: the first of its special tokens starts and ends texts, as in GPT-2. */
    static TokenizerConfig ofSpecialTokens(List<String> specialTokens) {
        Map<String, @Nullable AddedToken> named = new LinkedHashMap<>();
        for (String role : new String[] {BOS, EOS, UNK}) {
            named.put(role, AddedToken.plain(specialTokens.getFirst(), true));
        }
        for (int i = 1; i < specialTokens.size(); i++) {
            named.put(ADDITIONAL + "[" + (i - 1) + "]", AddedToken.plain(specialTokens.get(i), true));
        }
        return new TokenizerConfig(
                named,
                Collections.emptySortedMap(),
                false,
                false,
                false,
                false,
                Integer.MAX_VALUE,
                Side.RIGHT,
                Side.RIGHT,
                DIALOGUE_TEMPLATE);
    }

    TokenizerConfig withModelMaxLength(int tokens) {
        return new TokenizerConfig(
                namedTokens,
                addedTokens,
                addPrefixSpace,
                addBosToken,
                splitSpecialTokens,
                cleanUpSpaces,
                tokens,
                paddingSide,
                truncationSide,
                chatTemplate);
    }

    /** An added token as the files write it: its spelling alone, or an object with flags. */
    static AddedToken addedToken(String where, JsonNode node, boolean special) {
        JsonNode content = node.isObject() ? node.path("content") : node;
        if (!content.isString() || content.asString().isEmpty()) {
            throw new TokenizerException(where + ": expected a token or an object with its 'content', found " + node);
        }
        return new AddedToken(
                content.asString(),
                node.path("lstrip").asBoolean(false),
                node.path("rstrip").asBoolean(false),
                node.path("single_word").asBoolean(false),
                special || node.path("special").asBoolean(false));
    }

    private static void readNamedTokens(Path file, JsonNode object, Map<String, @Nullable AddedToken> named) {
        for (String role : ROLES) {
            JsonNode node = object.path(role);
            if (!node.isMissingNode()) {
                named.put(role, node.isNull() ? null : addedToken(file + ": " + role, node, true));
            }
        }
        int number = 0;
        for (JsonNode node : object.path(ADDITIONAL)) {
            String role = ADDITIONAL + "[" + number++ + "]";
            named.put(role, addedToken(file + ": " + role, node, true));
        }
    }

    private static void readAddedTokensDecoder(Path file, JsonNode decoder, SortedMap<Integer, AddedToken> added) {
        String where = file + ": " + ADDED_TOKENS_DECODER;
        decoder.forEachEntry((key, node) -> {
            AddedToken token = addedToken(where + "." + key, node, false);
            try {
                added.put(JsonFiles.checkedId(where, token.content(), Long.parseLong(key)), token);
            } catch (NumberFormatException e) {
                throw new TokenizerException(where + ": expected ids as keys, found '" + key + "'", e);
            }
        });
    }

    private static void readAddedTokensFile(
            Path file, Map<String, @Nullable AddedToken> named, SortedMap<Integer, AddedToken> added) {
        if (Files.exists(file)) {
            JsonFiles.readIds(file).forEach((content, id) -> {
                boolean special = named.values().stream()
                        .anyMatch(token -> token != null && token.content().equals(content));
                added.put(id, addedToken(content, special, file));
            });
        }
    }

    private static AddedToken addedToken(String content, boolean special, Path file) {
        if (content.isEmpty()) {
            throw new TokenizerException(file + ": a token is empty");
        }
        return AddedToken.plain(content, special);
    }

    private static boolean flag(Path file, JsonNode config, String name) {
        JsonNode node = config.path(name);
        if (!node.isMissingNode() && !node.isNull() && !node.isBoolean()) {
            throw new TokenizerException(file + ": " + name + " is " + node + ", expected true or false");
        }
        return node.asBoolean(false);
    }

    /** Python writes "no limit" as a number near 1e30. */
    private static int modelMaxLength(Path file, JsonNode config) {
        JsonNode node = config.path("model_max_length");
        if (node.isMissingNode() || node.isNull()) {
            return Integer.MAX_VALUE;
        }
        if (!node.isNumber() || !(node.asDouble() >= 1)) {
            throw new TokenizerException(file + ": model_max_length is " + node + ", expected a positive number");
        }
        return (int) Math.min(Integer.MAX_VALUE, node.asDouble());
    }

    private static Side side(Path file, JsonNode config, String name) {
        return switch (config.path(name).asString("right")) {
            case "left" -> Side.LEFT;
            case "right" -> Side.RIGHT;
            default ->
                throw new TokenizerException(
                        file + ": " + name + " is " + config.path(name) + ", expected \"left\" or \"right\"");
        };
    }

    /** A text, or a list of named ones of which {@code default} counts; newer checkpoints have it as its own file. */
    private static @Nullable String chatTemplate(Path folder, Path file, JsonNode config) {
        Path template = folder.resolve("chat_template.jinja");
        if (Files.exists(template)) {
            return JsonFiles.readText(template);
        }
        JsonNode node = config.path("chat_template");
        if (node.isString()) {
            return node.asString();
        }
        for (JsonNode entry : node) {
            if (entry.path("name").asString("").equals("default")
                    && entry.path("template").isString()) {
                return entry.path("template").asString();
            }
        }
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        throw new TokenizerException(
                file + ": chat_template is neither a text nor a list with a template named 'default'");
    }
}
