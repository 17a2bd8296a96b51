package dev.confab.dialogue.filter;

/**
 * Looks at one text, what a person said or what the chatbot is about to say, and decides what becomes of it.
 *
 * <p>Implementations are usable from any thread and take any text, however strange it is. One that asks a model may fail;
 * a {@link FilterChain} refuses a text then.
 */
@FunctionalInterface
public interface TextFilter {
    /**
     * Looks at a text.
     *
     * @param text what was said, or is about to be
     * @return what becomes of it
     */
    FilterResult check(String text);
}
