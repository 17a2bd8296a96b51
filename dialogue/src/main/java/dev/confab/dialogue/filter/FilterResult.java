package dev.confab.dialogue.filter;

/**
 * What a {@link TextFilter} decided. A reason is made for the operator's log: it names the rule, such as
 * {@code word list 'slurs'}, and never quotes the text.
 */
public sealed interface FilterResult {
    /** The text may be used as it is. */
    record Passed() implements FilterResult {}

    /**
     * The text may be used with parts of it hidden.
     *
     * @param text the text to use in its place
     * @param reason what was hidden
     */
    record Masked(String text, String reason) implements FilterResult {}

    /**
     * The chatbot says this instead of what it would have said, and both turns belong to the conversation.
     *
     * @param reply what the chatbot says
     * @param reason why
     */
    record Replaced(String reply, String reason) implements FilterResult {}

    /**
     * The text may be used for nothing: the chatbot says this, and the conversation goes on as if the text had not been.
     *
     * @param reply what the chatbot says
     * @param reason why
     */
    record Refused(String reply, String reason) implements FilterResult {}

    /**
     * A reply may not be used, and another one should be made. Where that cannot be done, or was done often enough, the
     * chatbot falls back on something harmless.
     *
     * @param reason why
     */
    record Retry(String reason) implements FilterResult {}

    /** The result of a filter that has nothing to object to. */
    static FilterResult passed() {
        return new Passed();
    }
}
