package dev.confab.engine.tokenizer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a folder's files together as {@code GPT2Tokenizer.from_pretrained} does. */
final class TokenizerLoader {
    /** What bos, eos and unk are where the files name none. */
    private static final String END_OF_TEXT = "<|endoftext|>";

    private TokenizerLoader() {}

    static Tokenizer load(Path folder) {
        BytePairModel model = BytePairModel.load(folder);
        TokenizerConfig config = TokenizerConfig.load(folder);
        Map<String, @Nullable AddedToken> named = config.namedTokens();
        var added = new TreeMap<>(model.addedTokens());
        added.putAll(config.addedTokens());
        addDefaults(named, model, added);
        named.values().stream().flatMap(Stream::ofNullable).forEach(token -> addSpecial(token, model, added));
        return new Tokenizer(model, config, added);
    }

    /** A tokenizer of parts that no file has yet. */
    static Tokenizer join(List<String> tokens, List<String> merges, List<String> specialTokens) {
        if (specialTokens.isEmpty() || specialTokens.contains("")) {
            throw new IllegalArgumentException(
                    "special tokens are " + specialTokens + ", expected at least one, and none that is empty");
        }
        Map<String, Integer> ids = new LinkedHashMap<>();
        var added = new TreeMap<Integer, AddedToken>();
        Stream.concat(tokens.stream(), specialTokens.stream()).forEach(token -> {
            if (ids.putIfAbsent(token, ids.size()) != null) {
                throw new TokenizerException("the token '" + token + "' is there twice"
                        + (specialTokens.contains(token)
                                ? "; choose a special token that does not occur in the texts"
                                : ""));
            }
        });
        specialTokens.forEach(token -> added.put(ids.get(token), AddedToken.plain(token, true)));
        var table = new MergeTable(merges.size());
        for (int rank = 0; rank < merges.size(); rank++) {
            BytePairModel.addMerge(table, ids, merges.get(rank), rank, "merge " + (rank + 1));
        }
        var model = new BytePairModel(ids, table, added, null, false);
        return new Tokenizer(model, TokenizerConfig.ofSpecialTokens(specialTokens), added);
    }

    private static void addDefaults(
            Map<String, @Nullable AddedToken> named, BytePairModel model, SortedMap<Integer, AddedToken> added) {
        String unknown = model.unknownToken();
        if (unknown != null && !unknown.isEmpty()) {
            named.putIfAbsent(TokenizerConfig.UNK, AddedToken.plain(unknown, true));
        }
        boolean known = model.vocabulary().containsKey(END_OF_TEXT)
                || added.values().stream().anyMatch(token -> token.content().equals(END_OF_TEXT));
        if (known) {
            for (String role : new String[] {TokenizerConfig.BOS, TokenizerConfig.EOS, TokenizerConfig.UNK}) {
                if (!named.containsKey(role)) {
                    named.put(role, AddedToken.plain(END_OF_TEXT, true));
                }
            }
        }
    }

    /** Marks a token as special; one that has no id yet gets the next, as in the reference. */
    private static void addSpecial(AddedToken token, BytePairModel model, SortedMap<Integer, AddedToken> added) {
        for (Map.Entry<Integer, AddedToken> entry : added.entrySet()) {
            if (entry.getValue().content().equals(token.content())) {
                entry.setValue(entry.getValue().asSpecial());
                return;
            }
        }
        Integer id = model.vocabulary().get(token.content());
        if (id == null) {
            int highest = model.vocabulary().values().stream()
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(-1);
            id = Math.max(highest, added.isEmpty() ? -1 : added.lastKey()) + 1;
        }
        added.put(id, token);
    }
}
