package dev.confab.evaluation.meteor;

import dev.confab.evaluation.text.Words;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Which words share a meaning, by WordNet 3.1: the sets of synonyms of a word and of what it is a form of. A form is found
 * in WordNet's lists of irregular ones, or by its rules of endings. Immutable; usable from any thread.
 */
final class WordNet {
    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
    private static final List<String> PARTS_OF_SPEECH = List.of("noun", "verb", "adj", "adv");

    /** What a form ends with, and what its word ends with instead: nouns, verbs, adjectives. */
    private static final String[][] ENDINGS = {
        {"s", ""},
        {"ses", "s"},
        {"xes", "x"},
        {"zes", "z"},
        {"ches", "ch"},
        {"shes", "sh"},
        {"men", "man"},
        {"ies", "y"},
        {"s", ""},
        {"ies", "y"},
        {"es", "e"},
        {"es", ""},
        {"ed", "e"},
        {"ed", ""},
        {"ing", "e"},
        {"ing", ""},
        {"er", ""},
        {"est", ""},
        {"er", "e"},
        {"est", "e"}
    };

    private static final int[] NONE = {};

    private final Map<String, int[]> synonymSets = new HashMap<>(1 << 18);
    private final Map<String, List<String>> irregularForms = new HashMap<>();

    private WordNet() {
        for (int part = 0; part < PARTS_OF_SPEECH.size(); part++) {
            readIndex("index." + PARTS_OF_SPEECH.get(part), part);
            readExceptions(PARTS_OF_SPEECH.get(part) + ".exc");
        }
        synonymSets.values().forEach(Arrays::sort);
    }

    /** Reads it when it is first needed, which takes a second and 50 MB. */
    private static final class Holder {
        private static final WordNet INSTANCE = new WordNet();
    }

    static WordNet instance() {
        return Holder.INSTANCE;
    }

    /** The synonym sets of a word in lower case and of what it is a form of, in ascending order; may hold some twice. */
    int[] meanings(String word) {
        int[] own = synonymSets.getOrDefault(word, NONE);
        int[] ofBase = NONE;
        List<String> bases = irregularForms.get(word);
        if (bases == null) {
            ofBase = synonymSets.getOrDefault(regularBase(word), NONE);
        } else {
            for (String base : bases) {
                ofBase = joined(ofBase, synonymSets.getOrDefault(base, NONE));
            }
        }
        int[] all = joined(own, ofBase);
        Arrays.sort(all);
        return all;
    }

    private String regularBase(String word) {
        if (word.endsWith("ss") || word.length() <= 2) {
            return word;
        }
        for (String[] ending : ENDINGS) {
            if (word.endsWith(ending[0])) {
                String base = word.substring(0, word.length() - ending[0].length()) + ending[1];
                if (synonymSets.containsKey(base)) {
                    return base;
                }
            }
        }
        return "";
    }

    private static int[] joined(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /**
     * Lines {@code word part sets pointers [pointer..] senses tagged offset..}; an offset is that of a set in the file of
     * its part of speech, all of which are shorter than 2^28 bytes.
     */
    private void readIndex(String file, int part) {
        forEachLine(file, line -> {
            if (line.startsWith(" ")) {
                return;
            }
            List<String> fields = Words.split(line);
            int count = Integer.parseInt(fields.get(2));
            int[] sets = new int[count];
            for (int i = 0; i < count; i++) {
                sets[i] = part << 28 | Integer.parseInt(fields.get(fields.size() - count + i));
            }
            synonymSets.merge(fields.getFirst(), sets, WordNet::joined);
        });
    }

    private void readExceptions(String file) {
        forEachLine(file, line -> {
            List<String> fields = Words.split(line);
            List<String> bases = irregularForms.computeIfAbsent(fields.getFirst(), _ -> new ArrayList<>());
            bases.addAll(fields.subList(1, fields.size()));
        });
    }

    private static void forEachLine(String file, Consumer<String> visitor) {
        var stream = Objects.requireNonNull(WordNet.class.getResourceAsStream(FOLDER + file), file);
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                visitor.accept(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
