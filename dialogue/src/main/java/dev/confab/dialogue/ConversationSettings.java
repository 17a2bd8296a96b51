package dev.confab.dialogue;

import dev.confab.dialogue.persona.Persona;
import dev.confab.engine.generation.GenerationConfig;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * What may differ from one conversation to the next. A chatbot's own are what its conversations begin with. Immutable;
 * each {@code with} method gives a changed copy.
 *
 * @param generation how replies are made, complete
 * @param persona who the chatbot is, if anybody
 * @param candidates how many replies are made for each turn, of which the best is given, 1 to {@link #MOST_CANDIDATES};
 *     more than 1 are drawn, whatever the settings of generation say
 * @param zone the person's time zone, for skills
 * @param locale the person's language and country, for skills
 */
public record ConversationSettings(
        GenerationConfig generation, Optional<Persona> persona, int candidates, ZoneId zone, Locale locale) {
    /** More candidates than this are refused: each costs as much as a reply. */
    public static final int MOST_CANDIDATES = 64;

    /**
     * Checks that settings fit each other.
     *
     * @throws dev.confab.engine.generation.GenerationException if settings of generation contradict each other
     * @throws IllegalArgumentException if the number of candidates is out of range
     */
    public ConversationSettings {
        generation.validate();
        if (candidates < 1 || candidates > MOST_CANDIDATES) {
            throw new IllegalArgumentException("candidates: " + candidates + "; choose 1 to " + MOST_CANDIDATES);
        }
    }

    /** With some settings of generation changed. */
    public ConversationSettings withGeneration(GenerationConfig changes) {
        return new ConversationSettings(changes.over(generation), persona, candidates, zone, locale);
    }

    /** With another persona. */
    public ConversationSettings withPersona(Persona other) {
        return new ConversationSettings(generation, Optional.of(other), candidates, zone, locale);
    }

    /** With no persona but the model's own. */
    public ConversationSettings withoutPersona() {
        return new ConversationSettings(generation, Optional.empty(), candidates, zone, locale);
    }

    /** With another number of candidates. */
    public ConversationSettings withCandidates(int number) {
        return new ConversationSettings(generation, persona, number, zone, locale);
    }

    /** With the time zone, language and country of a person. */
    public ConversationSettings withPlace(ZoneId where, Locale language) {
        return new ConversationSettings(generation, persona, candidates, where, language);
    }
}
