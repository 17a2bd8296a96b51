package dev.confab.dialogue.persona;

/**
 * How a general language model, such as GPT-2, is made to play a chatbot: it reads a sentence on what follows, then a
 * script with a label before each line, and goes on with the chatbot's next line.
 *
 * <pre>{@code
 * The following is a conversation with an AI assistant. The assistant is helpful, creative, clever, and very friendly.
 *
 * Human: Hello, who are you?
 * AI: I am an AI. How can I help you today?
 * Human: What do you know about ships?
 * AI:
 * }</pre>
 *
 * @param preamble the sentence on what follows
 * @param userLabel what stands before the person's lines, such as {@code Human}
 * @param chatbotLabel what stands before the chatbot's lines, such as {@code AI}
 */
public record Casting(String preamble, String userLabel, String chatbotLabel) {
    /**
     * Checks the labels.
     *
     * @throws IllegalArgumentException if one is blank or has a line break, or both are the same
     */
    public Casting {
        if (userLabel.isBlank() || chatbotLabel.isBlank() || userLabel.equals(chatbotLabel)) {
            throw new IllegalArgumentException(
                    "a casting has the labels '" + userLabel + "' and '" + chatbotLabel + "'; give two that differ");
        }
        if ((userLabel + chatbotLabel).contains("\n")) {
            throw new IllegalArgumentException("the labels of a casting must be on one line");
        }
    }

    /** With the labels {@code Human} and {@code AI}. */
    public static Casting of(String preamble) {
        return new Casting(preamble, "Human", "AI");
    }

    /** A line of the person's, with its end. */
    public String userLine(String text) {
        return userLabel + ": " + oneLine(text) + "\n";
    }

    /** A line of the chatbot's, with its end. */
    public String chatbotLine(String text) {
        return chatbotLabel + ": " + oneLine(text) + "\n";
    }

    /** What stands before the line that the model is to go on with. */
    public String cue() {
        return chatbotLabel + ":";
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
