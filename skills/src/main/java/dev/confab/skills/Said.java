package dev.confab.skills;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the sentences that mean a skill say, by the names of their groups and slots. */
final class Said {
    private static final Pattern GROUP = Pattern.compile("\\(\\?P?<([a-zA-Z][a-zA-Z0-9_]*)>");

    private Said() {}

    static Set<String> names(List<String> patterns, List<String> examples) {
        Set<String> names = new HashSet<>();
        for (String pattern : patterns) {
            Matcher matcher = GROUP.matcher(pattern);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        examples.forEach(example -> names.addAll(new Template(example).names()));
        return names;
    }
}
