package dev.confab.dialogue.persona;

/**
 * Something that was said, and a reply in the persona's manner.
 *
 * @param user what a person says
 * @param chatbot what the persona replies
 */
public record Exchange(String user, String chatbot) {
    /**
     * Refuses silence.
     *
     * @throws IllegalArgumentException if one of them is blank
     */
    public Exchange {
        if (user.isBlank() || chatbot.isBlank()) {
            throw new IllegalArgumentException(
                    "an example of a persona has '" + user + "' and '" + chatbot + "'; both must say something");
        }
    }
}
