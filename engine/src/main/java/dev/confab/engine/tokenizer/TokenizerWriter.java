package dev.confab.engine.tokenizer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a tokenizer's files, each beside its place first and then moved there, so that none is ever there in part.
 *
 * @param vocabulary the tokens, all of which {@code vocab.json} gets, added ones too, as in GPT-2's
 * @param merges which tokens merge
 * @param added by id, those that are found in the text before byte-pair encoding
 * @param config the settings beside them
 * @param encodeOptions how text is prepared
 */
record TokenizerWriter(
        Vocabulary vocabulary,
        MergeTable merges,
        SortedMap<Integer, AddedToken> added,
        TokenizerConfig config,
        EncodeOptions encodeOptions) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectWriter COMPACT = JsonMapper.shared().writer();
    private static final ObjectWriter INDENTED = COMPACT.with(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    void write(Path folder) {
        ObjectNode vocab = vocab();
        List<String> mergeLines = mergeLines();
        try {
            Files.createDirectories(folder);
            write(folder.resolve(BytePairModel.VOCABULARY_FILE), COMPACT.writeValueAsBytes(vocab));
            String text = BytePairModel.MERGES_HEADER + ": 0.2\n" + String.join("\n", mergeLines) + "\n";
            write(folder.resolve(BytePairModel.MERGES_FILE), text.getBytes(StandardCharsets.UTF_8));
            write(folder.resolve(BytePairModel.TOKENIZER_FILE), INDENTED.writeValueAsBytes(oneFile(vocab, mergeLines)));
            write(folder.resolve(TokenizerConfig.FILE), INDENTED.writeValueAsBytes(settings()));
            ObjectNode roles = JSON.objectNode();
            addRoles(roles);
            write(folder.resolve(TokenizerConfig.SPECIAL_TOKENS_FILE), INDENTED.writeValueAsBytes(roles));
        } catch (IOException e) {
            throw new TokenizerException(
                    folder + ": cannot write the tokenizer's files: " + e
                            + "; is the disk full, or the folder not yours?",
                    e);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.write(partial, content);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private ObjectNode vocab() {
        ObjectNode vocab = JSON.objectNode();
        for (int i = 0; i < vocabulary.end(); i++) {
            int id = i;
            vocabulary.token(id).ifPresent(token -> vocab.put(token, id));
        }
        return vocab;
    }

    private List<String> mergeLines() {
        var lines = new ArrayList<String>();
        for (long pair : merges.pairsInOrder()) {
            lines.add(spelling(MergeTable.left(pair)) + " " + spelling(MergeTable.right(pair)));
        }
        return lines;
    }

    private String spelling(int id) {
        return vocabulary
                .token(id)
                .orElseThrow(() -> new TokenizerException("a merge needs token " + id
                        + ", whose spelling an added token has taken over; such a tokenizer cannot be written"));
    }

    /** {@code tokenizer.json}, with what the Rust tokenizers library writes for GPT-2. */
    private ObjectNode oneFile(ObjectNode vocab, List<String> mergeLines) {
        ObjectNode root = JSON.objectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode tokens = root.putArray("added_tokens");
        added.forEach((id, token) -> tokens.add(
                JSON.objectNode().put("id", id).setAll(describe(token).put("normalized", false))));
        root.putNull("normalizer");
        root.set("pre_tokenizer", byteLevel(encodeOptions.addPrefixSpace()));
        root.set("post_processor", byteLevel(true).put("trim_offsets", false));
        root.set("decoder", byteLevel(true));
        ObjectNode model = root.putObject("model");
        model.put("type", "BPE").putNull("dropout").putNull("unk_token");
        model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        model.set("vocab", vocab);
        ArrayNode list = model.putArray("merges");
        mergeLines.forEach(list::add);
        return root;
    }

    private static ObjectNode byteLevel(boolean addPrefixSpace) {
        return JSON.objectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", addPrefixSpace)
                .put("trim_offsets", true)
                .put("use_regex", true);
    }

    private ObjectNode settings() {
        ObjectNode root = JSON.objectNode();
        root.put("tokenizer_class", "GPT2Tokenizer").put("errors", "replace");
        root.put("add_prefix_space", encodeOptions.addPrefixSpace());
        root.put("add_bos_token", config.addBosToken());
        root.put("split_special_tokens", encodeOptions.splitSpecialTokens());
        root.put("clean_up_tokenization_spaces", config.cleanUpSpaces());
        if (config.modelMaxLength() != Integer.MAX_VALUE) {
            root.put("model_max_length", config.modelMaxLength());
        }
        root.put("padding_side", side(config.paddingSide()));
        root.put("truncation_side", side(config.truncationSide()));
        addRoles(root);
        ObjectNode decoder = root.putObject(TokenizerConfig.ADDED_TOKENS_DECODER);
        added.forEach(
                (id, token) -> decoder.set(Integer.toString(id), describe(token).put("normalized", false)));
        if (config.chatTemplate() != null) {
            root.put("chat_template", config.chatTemplate());
        }
        return root;
    }

    private static String side(Side side) {
        return switch (side) {
            case LEFT -> "left";
            case RIGHT -> "right";
        };
    }

    /** Names the special tokens; a role that is null must stay so, for a missing one has GPT-2's default. */
    private void addRoles(ObjectNode target) {
        ArrayNode additional = JSON.arrayNode();
        for (Map.Entry<String, @Nullable AddedToken> role : config.namedTokens().entrySet()) {
            @Nullable AddedToken token = role.getValue();
            if (token == null) {
                target.putNull(role.getKey());
            } else if (role.getKey().startsWith(TokenizerConfig.ADDITIONAL)) {
                additional.add(token.content());
            } else {
                target.put(role.getKey(), token.content());
            }
        }
        if (!additional.isEmpty()) {
            target.set(TokenizerConfig.ADDITIONAL, additional);
        }
    }

    private static ObjectNode describe(AddedToken token) {
        return JSON.objectNode()
                .put("content", token.content())
                .put("lstrip", token.leftStrip())
                .put("rstrip", token.rightStrip())
                .put("single_word", token.singleWord())
                .put("special", token.special());
    }
}
