package dev.confab.dialogue.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.dialogue.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhrasesTest {
    private static final Phrases PHRASES = Phrases.of(List.of("(?:kill|hurt) my ?self", "end it(?: all)?", "^kms$"));

    @ParameterizedTest
    @CsvSource({
        "kill myself, true",
        "i may hurt my self today, true",
        "skill myself, false",
        "kill myselfie, false",
        "kill kill myself, true",
        "lets end it, true",
        "end item, false",
        "kms, true",
        "kms now, false",
        "go kms, false",
        "'', false",
    })
    void aPhraseIsFoundWhereItIsMadeOfWholeWords(String words, boolean found) {
        assertThat(PHRASES.areIn(words)).isEqualTo(found);
    }

    /** The automaton is held to the JDK's regular expressions, on texts made of the phrases' own words. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es"})
    void theAutomatonFindsWhatTheExpressionsFind(String language) {
        List<String> expressions = Resource.lines(Phrases.class, "crisis_" + language + ".txt").stream()
                .filter(line -> !line.startsWith("reply:") && !line.startsWith("figure:"))
                .map(String::strip)
                .toList();
        Phrases phrases = Phrases.of(expressions);
        Pattern pattern = Pattern.compile("\\b(?:" + String.join("|", expressions) + ")\\b");
        String[] words =
                String.join(" ", expressions).replaceAll("[^a-z ]", " ").strip().split(" +", -1);
        var random = new Random(11);
        List<String> failures = new ArrayList<>();
        int found = 0;
        for (int round = 0; round < 20_000; round++) {
            int from = random.nextInt(words.length - 8);
            var text = new StringBuilder(words[random.nextInt(words.length)]);
            for (int i = 0; i < 1 + random.nextInt(7); i++) {
                String next = random.nextInt(4) == 0 ? words[random.nextInt(words.length)] : words[from + i];
                text.append(random.nextInt(20) == 0 ? "" : " ").append(next);
            }
            boolean expected = pattern.matcher(text).find();
            found += expected ? 1 : 0;
            if (phrases.areIn(text.toString()) != expected) {
                failures.add(text.toString());
            }
        }
        System.out.println("crisis phrases in " + language + ": 20000 texts, of which " + found + " have one");
        assertThat(failures).isEmpty();
        assertThat(found).isBetween(500, 19_500);
    }
}
