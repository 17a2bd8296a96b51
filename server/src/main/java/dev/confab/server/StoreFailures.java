package dev.confab.server;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Incident;
import dev.confab.ui.conversation.ConversationFullException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes incidents of the chatbot of the failures of a store, and throws them on: what listens to
 * {@link dev.confab.dialogue.Incidents} hears of them as it does of model, filters and skills. Usable from any thread.
 */
public final class StoreFailures {
    private final Supplier<Optional<Chatbot>> bot;

    /**
     * Failures of a store.
     *
     * @param bot whose incidents they are; as long as there is none, they are only thrown
     */
    public StoreFailures(Supplier<Optional<Chatbot>> bot) {
        this.bot = bot;
    }

    /**
     * Calls the store.
     *
     * @param conversation the conversation's name, or what stands for many
     * @param what what cannot be done if it fails, as in "a turn could not be kept"
     */
    public <T> T reported(String conversation, String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (ConversationFullException e) {
            throw e; // the store works, and says no
        } catch (RuntimeException e) {
            bot.get()
                    .ifPresent(listener ->
                            listener.report(conversation, Incident.Part.STORE, what + ": " + e.getMessage(), e));
            throw e;
        }
    }

    /** The same for what has no result. */
    public void reported(String conversation, String what, Runnable call) {
        reported(conversation, what, () -> {
            call.run();
            return true;
        });
    }
}
