package dev.confab.skills;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.confab.engine.error.ConfabException;
import java.util.Map;

/** The variables of the environment, which keep secrets out of files: {@code Bearer ${TOKEN}}. */
record Environment(Map<String, String> variables) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

    /**
     * A text with the values of the variables in it.
     *
     * @throws ConfabException if one is not set
     */
    String fill(String text, String skill) {
        var filled = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(text);
        int done = 0;
        while (matcher.find()) {
            String value = variables.get(matcher.group(1));
            if (value == null) {
                throw new ConfabException(
                        "skill '%s' needs the environment variable %s, which is not set; set it, or take the skill out"
                                .formatted(skill, matcher.group(1)));
            }
            filled.append(text, done, matcher.start()).append(value);
            done = matcher.end();
        }
        return filled.append(text, done, text.length()).toString();
    }
}
