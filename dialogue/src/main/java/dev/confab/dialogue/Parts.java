package dev.confab.dialogue;

import dev.confab.dialogue.filter.TextFilter;
import dev.confab.dialogue.guard.Guards;
import dev.confab.dialogue.memory.Memory;
import dev.confab.dialogue.ranking.Ranking;
import dev.confab.dialogue.skill.Skills;
import dev.confab.engine.LanguageModel;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What a chatbot is made of, shared by all its conversations.
 *
 * @param model the language model
 * @param memory how much the model is shown
 * @param inputFilter looks at what the person says; null for none
 * @param outputFilter looks at what the chatbot is about to say; null for none
 * @param skills are asked before the model is
 * @param guards look at what the model made
 * @param ranking chooses among candidates
 * @param fallbacks what is said where nothing better can be
 * @param incidents who hears of failures
 * @param clock the time
 */
record Parts(
        LanguageModel model,
        Memory memory,
        @Nullable TextFilter inputFilter,
        @Nullable TextFilter outputFilter,
        Skills skills,
        Guards guards,
        Ranking ranking,
        Fallbacks fallbacks,
        Incidents incidents,
        InstantSource clock) {
    /** Tells of a failure; a listener that fails itself must not cost the person the reply. */
    void report(String conversation, Incident.Part part, String message, @Nullable Throwable cause) {
        try {
            incidents.report(new Incident(clock.instant(), conversation, part, message, cause));
        } catch (RuntimeException e) {
            System.getLogger(Parts.class.getName()).log(Level.ERROR, "the listener for incidents failed", e);
        }
    }
}
