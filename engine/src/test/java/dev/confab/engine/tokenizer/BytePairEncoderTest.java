package dev.confab.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BytePairEncoderTest {
    /** Merges in any order, so that some can only be done after later ones. */
    @Test
    void shortAndLongWordsAreMergedAsTheDefinitionSays() {
        var random = new Random(11);
        for (int round = 0; round < 2_000; round++) {
            var merges = randomMerges(random);
            Map<String, Integer> vocabulary = vocabulary(merges, random);
            var table = new MergeTable(merges.size());
            for (int rank = 0; rank < merges.size(); rank++) {
                BytePairModel.addMerge(table, vocabulary, merges.get(rank), rank, "merge " + rank);
            }
            int[] byteTokens = new int[256];
            for (char c = 'a'; c <= 'c'; c++) {
                byteTokens[c] = vocabulary.getOrDefault(String.valueOf(c), BytePairEncoder.MISSING);
            }
            String word = randomWord(random, random.nextInt(1, 120));
            var encoder = new BytePairEncoder(byteTokens, table);
            encoder.encode(word, 0, word.length());
            var found = new ArrayList<Integer>();
            for (int i = 0; i < encoder.length(); i++) {
                found.add(encoder.symbol(i));
            }
            List<Integer> expected =
                    byDefinition(word, merges).stream().map(vocabulary::get).toList();
            assertThat(found).as("'%s' by %s", word, merges).isEqualTo(expected);
        }
    }

    /** The earliest merge that any two neighbours have, at all its places from left to right, until there is none. */
    private static List<String> byDefinition(String word, List<String> merges) {
        List<String> parts = new ArrayList<>(List.of(word.split("")));
        while (true) {
            int rank = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < parts.size(); i++) {
                int found = merges.indexOf(parts.get(i) + " " + parts.get(i + 1));
                rank = found >= 0 ? Math.min(rank, found) : rank;
            }
            if (rank == Integer.MAX_VALUE) {
                return parts;
            }
            var merged = new ArrayList<String>();
            for (int i = 0; i < parts.size(); i++) {
                boolean here = i + 1 < parts.size() && merges.get(rank).equals(parts.get(i) + " " + parts.get(i + 1));
                merged.add(here ? parts.get(i) + parts.get(++i) : parts.get(i));
            }
            parts = merged;
        }
    }

    private static List<String> randomMerges(Random random) {
        var tokens = new ArrayList<>(List.of("a", "b", "c"));
        var merges = new ArrayList<String>();
        for (int i = random.nextInt(14); i >= 0; i--) {
            String left = tokens.get(random.nextInt(tokens.size()));
            String right = tokens.get(random.nextInt(tokens.size()));
            if (!merges.contains(left + " " + right)) {
                merges.add(left + " " + right);
                tokens.add(left + right);
            }
        }
        if (random.nextBoolean()) {
            Collections.shuffle(merges, random);
        }
        return merges;
    }

    /** Ids in random order, with gaps. */
    private static Map<String, Integer> vocabulary(List<String> merges, Random random) {
        var tokens = new ArrayList<>(List.of("a", "b", "c"));
        merges.forEach(merge -> tokens.add(merge.replace(" ", "")));
        Collections.shuffle(tokens, random);
        var vocabulary = new HashMap<String, Integer>();
        tokens.forEach(token -> vocabulary.putIfAbsent(token, 3 * vocabulary.size() + 1));
        return vocabulary;
    }

    private static String randomWord(Random random, int length) {
        var word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }
}
