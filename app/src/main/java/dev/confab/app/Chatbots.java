package dev.confab.app;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.ChatbotBuilder;
import dev.confab.dialogue.filter.FilterPolicy;
import dev.confab.engine.generation.GenerationException;
import java.util.Locale;

/** What the commands that make a chatbot have in common. */
final class Chatbots {
    private Chatbots() {}

    /**
     * Makes the chatbot.
     *
     * @throws UsageException if settings contradict each other
     */
    static Chatbot build(ChatbotBuilder builder) {
        try {
            return builder.build();
        } catch (GenerationException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The filters that {@code --filter} names.
     *
     * @throws UsageException if there are none of that name
     */
    static FilterPolicy filters(String preset) {
        return switch (preset) {
            case "none" -> FilterPolicy.criesForHelp();
            case "safe" -> FilterPolicy.safe(Locale.getDefault());
            case "kid-safe" -> FilterPolicy.kidSafe(Locale.getDefault());
            default -> throw new UsageException("--filter " + preset + ": choose none, safe or kid-safe");
        };
    }
}
