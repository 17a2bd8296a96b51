package dev.confab.evaluation.meteor;

import dev.confab.evaluation.meteor.WordMatch.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tartarus.snowball.ext.EnglishStemmer;

/** Finds all words of a reply and a reference that may be matched. Remembers what it looked up; belongs to one thread. */
final class WordMatcher {
    private final EnglishStemmer stemmer = new EnglishStemmer();
    private final Map<String, String> stems = new HashMap<>();
    private final Map<String, int[]> meanings = new HashMap<>();

    /**
     * All possible matches, stage by stage.
     *
     * @return for each position of the reference its matches, the stages in order and within them the reply's positions
     */
    List<List<WordMatch>> matches(List<String> reply, List<String> reference) {
        List<List<WordMatch>> matches = new ArrayList<>();
        reference.forEach(_ -> matches.add(new ArrayList<>()));
        boolean identical = reply.equals(reference);
        for (Stage stage : Stage.values()) {
            // Between identical texts the words themselves are all that is needed.
            if (stage == Stage.EXACT || !identical) {
                add(matches, stage, reply, reference);
            }
        }
        return matches;
    }

    private void add(List<List<WordMatch>> matches, Stage stage, List<String> reply, List<String> reference) {
        for (int j = 0; j < reference.size(); j++) {
            for (int i = 0; i < reply.size(); i++) {
                if (matches(stage, reply.get(i), reference.get(j))) {
                    matches.get(j).add(new WordMatch(i, j, stage));
                }
            }
        }
    }

    private boolean matches(Stage stage, String word, String other) {
        boolean equal = word.equals(other);
        return switch (stage) {
            case EXACT -> equal;
            case STEM -> !equal && stem(word).equals(stem(other));
            case SYNONYM -> !equal && shareOne(meanings(word), meanings(other));
        };
    }

    private String stem(String word) {
        return stems.computeIfAbsent(word, _ -> {
            stemmer.setCurrent(word);
            stemmer.stem();
            return stemmer.getCurrent();
        });
    }

    private int[] meanings(String word) {
        return meanings.computeIfAbsent(word, WordNet.instance()::meanings);
    }

    private static boolean shareOne(int[] first, int[] second) {
        for (int i = 0, j = 0; i < first.length && j < second.length; ) {
            if (first[i] == second[j]) {
                return true;
            }
            if (first[i] < second[j]) {
                i++;
            } else {
                j++;
            }
        }
        return false;
    }
}
