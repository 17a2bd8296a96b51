package dev.confab.dialogue.persona;

import dev.confab.dialogue.skill.Triggers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds what a persona itself says to a question: the reply of an example that was asked the same, in these or other words,
 * and facts that answer it.
 */
final class OwnWords {
    private static final int LONGEST_QUESTION = 200;
    /** What is said may differ from an example in no word that matters. */
    private static final double SAME = 0.95;

    private static final Pattern INTERJECTIONS = Pattern.compile(
            "(?i)(?:(?:sorry|oh|ah|hm+|cool|nice|great|thanks|thank you|haha|lol|i see|by the way|btw|anyway|but)[ ,.!]+)+");

    private OwnWords() {}

    /** The persona's own replies, the most fitting first; none if nothing in it is asked for. */
    static List<String> answering(String said, Persona persona) {
        String asked = question(said);
        if (asked.length() > LONGEST_QUESTION) {
            return List.of();
        }
        String clause = lastClause(asked);
        List<Topic> topics = Topic.ALL.stream()
                .filter(topic -> topic.isAskedBy(asked) || (!clause.equals(asked) && topic.isAskedBy(clause)))
                .toList();
        Set<String> replies = new LinkedHashSet<>();
        Set<String> related = new LinkedHashSet<>();
        for (Exchange example : persona.exchanges()) {
            if (isSame(asked, example.user())) {
                replies.add(example.chatbot());
            } else if (topics.stream().anyMatch(topic -> topic.isAskedBy(question(example.user())))) {
                related.add(example.chatbot());
            }
        }
        replies.addAll(related);
        topics.forEach(topic -> replies.addAll(topic.answersAmong(persona.facts())));
        return new ArrayList<>(replies);
    }

    private static boolean isSame(String asked, String example) {
        String plain = question(example).replaceAll("[{}]", "");
        return plain.matches("(?s).*[\\pL\\pN].*")
                && Triggers.of(List.of(), List.of(plain), SAME).match(asked).isPresent();
    }

    /** The question at the end of what is said, without a remark before it; or all that is said. */
    private static String question(String said) {
        String text = withoutInterjections(said);
        if (!text.endsWith("?")) {
            return text;
        }
        int before =
                Stream.of(". ", "! ", "? ").mapToInt(text::lastIndexOf).max().orElse(-1);
        return withoutInterjections(text.substring(before + 1));
    }

    /** What follows the last comma of a question: "I'm a teacher, what do you do?" */
    private static String lastClause(String question) {
        return question.endsWith("?") ? question.substring(question.lastIndexOf(',') + 1) : question;
    }

    private static String withoutInterjections(String said) {
        Matcher interjections = INTERJECTIONS.matcher(said.strip());
        return interjections.lookingAt() ? said.strip().substring(interjections.end()) : said.strip();
    }
}
