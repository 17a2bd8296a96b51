package dev.confab.dialogue;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Sentences for when nothing better can be said: several for each kind of turn, so that they fit and are never the same
 * twice running. Immutable.
 */
public final class Fallbacks {
    private static final Pattern GREETING_WORDS =
            Pattern.compile("^(hi|hello|hey|hiya|good (morning|afternoon|evening)|greetings)\\b.{0,20}$");
    private static final Pattern FAREWELL_WORDS =
            Pattern.compile("\\b(bye|goodbye|good night|see you|see ya|farewell|gotta go|have to go)\\b");
    private static final Pattern THANKS_WORDS = Pattern.compile("\\b(thanks|thank you|thx|cheers)\\b");
    private static final Pattern QUESTION_WORDS = Pattern.compile(
            "\\?\\s*$|^(who|what|when|where|why|how|which|whose|can|could|do|does|did|are|is|was|were|will|would|should)\\b");

    private final Map<Kind, List<String>> sentences;
    private final List<String> standIns;

    private Fallbacks(Map<Kind, List<String>> sentences, List<String> standIns) {
        this.sentences = sentences;
        this.standIns = standIns;
    }

    /** What the person's turn was, or that the chatbot itself is at fault. */
    public enum Kind {
        /** A greeting. */
        GREETING,
        /** A farewell. */
        FAREWELL,
        /** Thanks. */
        THANKS,
        /** A question. */
        QUESTION,
        /** Nothing, or nothing but spaces and marks. */
        SILENCE,
        /** Anything else. */
        STATEMENT,
        /** A part of the chatbot failed, whatever was said. */
        FAILURE;

        /** What kind a turn is, by its words in English; other languages have questions and statements. */
        public static Kind of(String text) {
            String said = text.strip().toLowerCase(Locale.ROOT);
            if (said.codePoints().noneMatch(Character::isLetterOrDigit)) {
                return said.contains("?") ? QUESTION : SILENCE;
            }
            if (GREETING_WORDS.matcher(said).find()) {
                return GREETING;
            }
            if (QUESTION_WORDS.matcher(said).find()) {
                return QUESTION;
            }
            if (FAREWELL_WORDS.matcher(said).find()) {
                return FAREWELL;
            }
            return THANKS_WORDS.matcher(said).find() ? THANKS : STATEMENT;
        }
    }

    /** Sentences in English. */
    public static Fallbacks defaults() {
        return of(Map.of(
                Kind.GREETING,
                List.of("Hello! How are you?", "Hi there. What's on your mind?", "Hey! Good to hear from you."),
                Kind.FAREWELL,
                List.of("Goodbye! Take care.", "See you soon.", "Bye! It was nice talking to you."),
                Kind.THANKS,
                List.of("You're welcome!", "My pleasure.", "Glad I could help."),
                Kind.QUESTION,
                List.of(
                        "I'm not sure. What do you think?",
                        "That's a good question, and I don't have a good answer.",
                        "I don't know. Can you ask it in another way?",
                        "Hard to say. Why do you ask?"),
                Kind.SILENCE,
                List.of("I'm still here.", "Take your time.", "Are you there?"),
                Kind.STATEMENT,
                List.of(
                        "I see. Tell me more.",
                        "How do you feel about that?",
                        "I'm not sure what to say to that. Go on.",
                        "Interesting. What happened then?"),
                Kind.FAILURE,
                List.of(
                        "Sorry, something went wrong on my side. Please say that again.",
                        "I lost my thread there. Could you try once more?",
                        "I can't answer right now. Please try again in a moment.")));
    }

    /**
     * Sentences of one's own.
     *
     * @param sentences for each kind that has some; the others take those for statements
     * @throws IllegalArgumentException if a list is empty or has fewer than two sentences, or there are none for
     *     statements
     */
    public static Fallbacks of(Map<Kind, List<String>> sentences) {
        Map<Kind, List<String>> copy = new EnumMap<>(Kind.class);
        sentences.forEach((kind, list) -> {
            if (list.stream().distinct().count() < 2) {
                throw new IllegalArgumentException("fallbacks for " + kind + " are " + list
                        + "; give at least two different ones, so that none is said twice running");
            }
            copy.put(kind, List.copyOf(list));
        });
        List<String> standIns = copy.get(Kind.STATEMENT);
        if (standIns == null) {
            throw new IllegalArgumentException(
                    "no fallbacks for " + Kind.STATEMENT + ", which stand in for all others");
        }
        return new Fallbacks(copy, standIns);
    }

    /**
     * A sentence for a turn.
     *
     * @param kind what was said
     * @param number a number that differs from turn to turn, such as the turn's own
     * @param previous what the chatbot said last, which is not said again; or empty
     */
    public String pick(Kind kind, int number, String previous) {
        List<String> choices = sentences.getOrDefault(kind, standIns);
        int choice = Math.floorMod(number, choices.size());
        return choices.get(choice).equals(previous) ? choices.get((choice + 1) % choices.size()) : choices.get(choice);
    }
}
