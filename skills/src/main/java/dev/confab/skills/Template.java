package dev.confab.skills;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.confab.engine.error.ConfabException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A text with places for values, such as {@code Hello {name}}. */
record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9_]*)\\}");

    /** The names of the places. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** The text with a value in each place. */
    String fill(UnaryOperator<String> values) {
        var filled = new StringBuilder();
        Matcher matcher = PLACE.matcher(text);
        int done = 0;
        while (matcher.find()) {
            filled.append(text, done, matcher.start()).append(values.apply(matcher.group(1)));
            done = matcher.end();
        }
        return filled.append(text, done, text.length()).toString();
    }

    /**
     * Makes sure that there is a value for each place.
     *
     * @throws ConfabException if a name is not among those known
     */
    void require(Set<String> known, String where) {
        for (String name : names()) {
            if (!known.contains(name)) {
                throw new ConfabException(
                        "%s: '{%s}' has no value; there are values for %s".formatted(where, name, known));
            }
        }
    }
}
