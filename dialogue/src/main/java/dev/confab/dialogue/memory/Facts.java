package dev.confab.dialogue.memory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person told about themselves, by simple rules in English: name, age, home, work, possessions, relations,
 * favourites, likes and dislikes. Of what can be true only once, such as the name, the latest counts.
 */
public final class Facts {
    private static final String SUBJECT = "(?:^|[.!?;,]\\s*|\\b(?:and|but|so|hi|hello|well|oh|yes|no)\\s+)";
    private static final String OBJECT =
            "([\\p{L}\\p{N}][^.!?;,\\n]{0,60}?)(?=\\s+(?:and|but|because|so|when)\\s|[.!?;,\\n]|$)";
    private static final int MOST_WORDS = 8;

    private static final List<Rule> RULES = List.of(
            rule("name", "(?:my name is|my name's|i am called|i'm called|call me) ", "My name is %s."),
            rule("age", "(?:i am|i'm) (?=\\d{1,3}\\b)", "I am %s."),
            rule("home", "i live (?=in|on|at|near|by)", "I live %s."),
            rule("origin", "(?:i am|i'm|i come) from ", "I am from %s."),
            rule("work", "i work (?=as|at|in|for)", "I work %s."),
            rule("", "(?:i am|i'm) (?=an? )", "I am %s."),
            rule("", "(?:i have|i've got|i own) (?=an? |one |two |three |four |five |no )", "I have %s."),
            rule("", "my (?=favou?rite [^.!?;,]{1,30} is )", "My %s."),
            rule("", "my (?=[\\p{L}]+ (?:is|are) (?:called|named) |[\\p{L}]+'s name is )", "My %s."),
            rule("", "i (?:really |also )?(?:like|love|enjoy) ", "I like %s."),
            rule("", "i (?:really )?(?:hate|dislike|don't like|do not like|can't stand) ", "I don't like %s."));

    private record Rule(String key, Pattern pattern, String sentence) {}

    private Facts() {}

    /**
     * The facts in what a person said.
     *
     * @param said turns of the person, the oldest first
     * @return a sentence in the first person for each, the one told last at the end
     */
    public static List<String> in(List<String> said) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (String turn : said) {
            for (Rule rule : RULES) {
                Matcher matcher = rule.pattern().matcher(turn.replace('\u2019', '\''));
                while (matcher.find()) {
                    String object = matcher.group(1).strip();
                    if (object.split("\\s+").length <= MOST_WORDS) {
                        String fact = String.format(Locale.ROOT, rule.sentence(), object);
                        String key = rule.key().isEmpty() ? fact.toLowerCase(Locale.ROOT) : rule.key();
                        facts.remove(key); // told again, it is the latest
                        facts.put(key, fact);
                    }
                }
            }
        }
        return new ArrayList<>(facts.values());
    }

    private static Rule rule(String key, String beginning, String sentence) {
        return new Rule(key, Pattern.compile(SUBJECT + beginning + OBJECT, Pattern.CASE_INSENSITIVE), sentence);
    }
}
