package dev.confab.dialogue.persona;

import com.google.re2j.Pattern;
import dev.confab.dialogue.resource.Resource;
import dev.confab.dialogue.skill.Triggers;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that people ask anybody, such as the name, in the ways in which they ask it, in English. Immutable.
 *
 * @param questions recognises it as a question
 * @param facts recognises facts that answer it, those that answer it best first
 */
record Topic(Triggers questions, List<Pattern> facts) {
    /** What people ask, from {@code topics.txt}. */
    static final List<Topic> ALL = read();

    /** Whether a text asks for it. */
    boolean isAskedBy(String text) {
        return questions.match(text).isPresent();
    }

    /** The facts that answer it, the most fitting first. */
    List<String> answersAmong(List<String> candidates) {
        return facts.stream()
                .flatMap(
                        pattern -> candidates.stream().filter(fact -> pattern.matches(fact.replaceFirst("[.!]+$", ""))))
                .distinct()
                .toList();
    }

    private static List<Topic> read() {
        List<Topic> topics = new ArrayList<>();
        List<String> questions = new ArrayList<>();
        List<Pattern> facts = new ArrayList<>();
        for (String line : Resource.lines(Topic.class, "topics.txt").reversed()) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon)) {
                case "ask" -> questions.add(value);
                case "fact" -> facts.add(Pattern.compile(value, Pattern.CASE_INSENSITIVE));
                case "topic" -> {
                    topics.addFirst(new Topic(Triggers.of(questions, List.of()), List.copyOf(facts.reversed())));
                    questions.clear();
                    facts.clear();
                }
                default -> throw new IllegalStateException("topics.txt: '" + line + "' is neither topic, ask nor fact");
            }
        }
        return List.copyOf(topics);
    }
}
