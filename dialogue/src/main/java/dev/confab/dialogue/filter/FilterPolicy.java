package dev.confab.dialogue.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The filters of a chatbot: for what people say, and for what it replies.
 *
 * <pre>{@code
 * FilterPolicy policy = FilterPolicy.safe(Locale.US).withList(WordList.read(Path.of("competitors.txt")));
 * }</pre>
 *
 * <p>Immutable, usable from any thread.
 *
 * @param input checks what people say
 * @param reply checks what the chatbot is about to say
 */
public record FilterPolicy(FilterChain input, FilterChain reply) {
    private static final String UNKIND = "I'd like us to be kind to each other. What else is on your mind?";
    private static final String UNCOMFORTABLE = "I'd rather not talk about that. Shall we pick something else?";
    private static final String ASK_A_GROWN_UP =
            "That's something I don't talk about. If it is on your mind, please ask a grown-up whom you trust.";

    /** No filters at all. */
    public static FilterPolicy none() {
        return new FilterPolicy(FilterChain.of(List.of()), FilterChain.of(List.of()));
    }

    /** Crisis messages get a fixed answer, as they should wherever people write, and nothing else is looked at. */
    public static FilterPolicy criesForHelp() {
        return new FilterPolicy(FilterChain.of(List.of(CrisisFilter.create())), FilterChain.of(List.of()));
    }

    /**
     * What suits grown-ups who do not know each other: crisis messages get a fixed answer, slurs, calls to hurt oneself or
     * others, and explicit sex are neither answered nor said, personal data is masked. Swearing is none of its business.
     *
     * @param locale whose telephone numbers are recognised
     */
    public static FilterPolicy safe(Locale locale) {
        WordFilter said = WordFilter.of(List.of(refusing(UNKIND, "slurs", "harm"), refusing(UNCOMFORTABLE, "sexual")));
        return policy(said, retrying("slurs", "harm", "sexual"), locale);
    }

    /**
     * What suits children: as {@link #safe}, and no swearing, drugs, weapons, gore, gambling or sex of any kind.
     *
     * @param locale whose telephone numbers are recognised
     */
    public static FilterPolicy kidSafe(Locale locale) {
        WordFilter said = WordFilter.of(
                List.of(refusing(UNKIND, "slurs", "harm", "swearing"), refusing(ASK_A_GROWN_UP, "sexual", "grown-up")));
        WordFilter reply = retrying("slurs", "harm", "swearing", "sexual", "grown-up", "despair");
        return policy(said, reply, locale);
    }

    private static WordFilter.Group refusing(String reply, String... lists) {
        return new WordFilter.Group(shipped(lists), new FilterAction.Refuse(reply));
    }

    private static WordFilter retrying(String... lists) {
        return WordFilter.of(shipped(lists), new FilterAction.Retry());
    }

    private static List<WordList> shipped(String... lists) {
        return Arrays.stream(lists).map(WordList::shipped).toList();
    }

    private static FilterPolicy policy(WordFilter said, WordFilter reply, Locale locale) {
        var personalData = PersonalDataFilter.of(locale, new FilterAction.Mask());
        return new FilterPolicy(
                FilterChain.of(List.of(CrisisFilter.create(), said, personalData)),
                FilterChain.of(List.of(reply, personalData)));
    }

    /** The same policy with one more list, whose entries are refused from people and never said. */
    public FilterPolicy withList(WordList list) {
        return withFilters(
                WordFilter.of(List.of(list), new FilterAction.Refuse(UNCOMFORTABLE)),
                WordFilter.of(List.of(list), new FilterAction.Retry()));
    }

    /**
     * The same policy with more filters behind its own.
     *
     * @param input checks what people say
     * @param reply checks what the chatbot is about to say
     */
    public FilterPolicy withFilters(TextFilter input, TextFilter reply) {
        return new FilterPolicy(this.input.with(input), this.reply.with(reply));
    }
}
