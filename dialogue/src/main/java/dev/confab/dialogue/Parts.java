package dev.confab.dialogue;

import dev.confab.dialogue.memory.Memory;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What a chatbot is made of, shared by all its conversations.
 *
 * @param model the language model
 * @param config how replies are made, complete
 * @param memory how much the model is shown
 * @param fallbacks what is said where nothing better can be
 * @param incidents who hears of failures
 * @param clock the time
 */
record Parts(
        LanguageModel model,
        GenerationConfig config,
        Memory memory,
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
