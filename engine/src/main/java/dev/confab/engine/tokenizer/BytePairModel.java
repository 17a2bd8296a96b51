package dev.confab.engine.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a folder says about byte-pair encoding itself: {@code vocab.json} and {@code merges.txt}, or
 * {@code tokenizer.json} where those are missing.
 *
 * @param vocabulary ids of the tokens
 * @param merges which tokens merge
 * @param addedTokens by id; only {@code tokenizer.json} has them
 * @param unknownToken what stands for a byte without token, if the file names it
 * @param addPrefixSpace whether a space goes before every text; only {@code tokenizer.json} says so
 */
record BytePairModel(
        Map<String, Integer> vocabulary,
        MergeTable merges,
        SortedMap<Integer, AddedToken> addedTokens,
        @Nullable String unknownToken,
        boolean addPrefixSpace) {
    static final String VOCABULARY_FILE = "vocab.json";
    static final String MERGES_FILE = "merges.txt";
    static final String TOKENIZER_FILE = "tokenizer.json";

    static final String MERGES_HEADER = "#version";

    static BytePairModel load(Path folder) {
        Path vocabulary = folder.resolve(VOCABULARY_FILE);
        Path merges = folder.resolve(MERGES_FILE);
        Path tokenizer = folder.resolve(TOKENIZER_FILE);
        if (Files.exists(vocabulary) && Files.exists(merges)) {
            return ofTwoFiles(vocabulary, merges);
        }
        if (Files.exists(tokenizer)) {
            return TokenizerJson.read(tokenizer);
        }
        throw new TokenizerException(folder + ": no tokenizer here: expected " + VOCABULARY_FILE + " and " + MERGES_FILE
                + ", or " + TOKENIZER_FILE
                + (Files.exists(vocabulary) ? "; " + MERGES_FILE + " is missing" : "")
                + (Files.exists(merges) ? "; " + VOCABULARY_FILE + " is missing" : "")
                + (Files.isDirectory(folder) ? "" : "; there is no such folder"));
    }

    private static BytePairModel ofTwoFiles(Path vocabularyFile, Path mergesFile) {
        Map<String, Integer> vocabulary = JsonFiles.readIds(vocabularyFile);
        List<String> lines = JsonFiles.readText(mergesFile).lines().toList();
        var merges = new MergeTable(lines.size());
        int rank = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty() || (i == 0 && line.startsWith(MERGES_HEADER))) {
                continue;
            }
            addMerge(merges, vocabulary, line, rank++, mergesFile + ", line " + (i + 1));
        }
        return new BytePairModel(vocabulary, merges, Collections.emptySortedMap(), null, false);
    }

    /** Adds a merge that is written as two tokens with a space between. */
    static void addMerge(MergeTable merges, Map<String, Integer> vocabulary, String pair, int rank, String where) {
        int space = pair.indexOf(' ');
        if (space <= 0 || space == pair.length() - 1 || pair.indexOf(' ', space + 1) >= 0) {
            throw new TokenizerException(where + ": expected two tokens with one space between, found '" + pair + "'");
        }
        addMerge(merges, vocabulary, pair.substring(0, space), pair.substring(space + 1), rank, where);
    }

    /** Adds a merge of two tokens, all three of which the vocabulary must have. */
    static void addMerge(
            MergeTable merges, Map<String, Integer> vocabulary, String left, String right, int rank, String where) {
        Integer leftId = vocabulary.get(left);
        Integer rightId = vocabulary.get(right);
        Integer mergedId = vocabulary.get(left + right);
        if (left.isEmpty() || right.isEmpty() || leftId == null || rightId == null || mergedId == null) {
            String unknown = leftId == null ? left : rightId == null ? right : left + right;
            throw new TokenizerException(where + ": the merge of '" + left + "' and '" + right + "' needs the token '"
                    + unknown + "', which the vocabulary lacks; are vocabulary and merges from the same model?");
        }
        merges.put(leftId, rightId, rank, mergedId);
    }
}
