package dev.confab.dialogue.skill;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.confab.engine.error.ConfabException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sentences that mean a skill: regular expressions that have to match a whole sentence, and examples that it only has
 * to resemble.
 *
 * <pre>{@code
 * Triggers.of(List.of("(?:what is|what's) the weather in (?P<place>.+)"), List.of("will it rain in {place} today"));
 * }</pre>
 *
 * <p>Case, punctuation at the end, and politeness around the question ("could you tell me ..., please?") do not matter. A
 * pattern's named groups and an example's slots in braces become the arguments of the skill. Patterns are RE2's, which
 * take time proportional to the sentence whatever they are, and so cannot be made to hang.
 *
 * <p>Immutable, usable from any thread.
 */
public final class Triggers {
    /** How much a sentence has to resemble an example, from 0 to 1, unless said otherwise. */
    public static final double DEFAULT_SIMILARITY = 0.8;

    private final List<Pattern> patterns;
    private final List<Example> examples;
    private final double similarity;

    private Triggers(List<Pattern> patterns, List<Example> examples, double similarity) {
        this.patterns = patterns;
        this.examples = examples;
        this.similarity = similarity;
    }

    /**
     * Triggers with the usual similarity.
     *
     * @param patterns regular expressions, perhaps with groups named as in {@code (?P<place>.+)}
     * @param examples sentences, perhaps with slots as in {@code weather in {place}}
     * @throws ConfabException if a pattern or an example cannot be read
     */
    public static Triggers of(List<String> patterns, List<String> examples) {
        return of(patterns, examples, DEFAULT_SIMILARITY);
    }

    /**
     * Triggers.
     *
     * @param patterns regular expressions, perhaps with groups named as in {@code (?P<place>.+)}
     * @param examples sentences, perhaps with slots as in {@code weather in {place}}
     * @param similarity how much a sentence has to resemble an example, above 0 and up to 1, which is the same words
     * @throws ConfabException if a pattern or an example cannot be read
     */
    public static Triggers of(List<String> patterns, List<String> examples, double similarity) {
        if (!(similarity > 0 && similarity <= 1)) {
            throw new ConfabException("similarity is %s, expected a number above 0 and up to 1".formatted(similarity));
        }
        return new Triggers(
                patterns.stream().map(Triggers::compile).toList(),
                examples.stream().map(Example::of).toList(),
                similarity);
    }

    /**
     * Finds out whether a sentence means the skill.
     *
     * @param text what was said
     * @return the arguments found in it, perhaps none; empty if it means something else
     */
    public Optional<Map<String, String>> match(String text) {
        List<String> readings = Politeness.readings(text);
        for (Pattern pattern : patterns) {
            for (String reading : readings) {
                Matcher matcher = pattern.matcher(reading);
                if (matcher.matches()) {
                    return Optional.of(groups(matcher));
                }
            }
        }
        return examples.stream()
                .flatMap(example -> readings.stream().map(example::match).flatMap(Optional::stream))
                .filter(match -> match.similarity() >= similarity)
                .max((a, b) -> Double.compare(a.similarity(), b.similarity()))
                .map(Example.Match::slots);
    }

    private static Map<String, String> groups(Matcher matcher) {
        var groups = new HashMap<String, String>();
        for (String name : matcher.pattern().namedGroups().keySet()) {
            String value = matcher.group(name);
            if (value != null) {
                groups.put(name, value.strip());
            }
        }
        return groups;
    }

    private static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw new ConfabException(
                    "the pattern '%s' cannot be read: %s; it is an RE2 expression, which has no look-around and no back-references"
                            .formatted(pattern, e.getDescription()),
                    e);
        }
    }
}
