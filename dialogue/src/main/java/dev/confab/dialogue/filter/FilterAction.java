package dev.confab.dialogue.filter;

import dev.confab.engine.error.ConfabException;

/** What a filter does about a text that it objects to. */
public sealed interface FilterAction {
    /** Hides the places that it objects to. */
    record Mask() implements FilterAction {}

    /** Asks for another reply. */
    record Retry() implements FilterAction {}

    /**
     * Lets the chatbot say something else; the turn stays in the conversation.
     *
     * @param reply what the chatbot says
     */
    record Replace(String reply) implements FilterAction {
        /**
         * Refuses a reply that says nothing.
         *
         * @throws ConfabException if the reply is blank
         */
        public Replace {
            requireText(reply);
        }
    }

    /**
     * Refuses the text: the chatbot says something else, and the turn is forgotten.
     *
     * @param reply what the chatbot says
     */
    record Refuse(String reply) implements FilterAction {
        /**
         * Refuses a reply that says nothing.
         *
         * @throws ConfabException if the reply is blank
         */
        public Refuse {
            requireText(reply);
        }
    }

    private static void requireText(String reply) {
        if (reply.isBlank()) {
            throw new ConfabException("a filter's reply is blank, expected what the chatbot says instead");
        }
    }
}
