package dev.confab.dialogue.filter;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Several filters, one after the other. Each sees what the ones before it masked, and the first that objects otherwise
 * decides. A filter that fails refuses the text: what could not be checked may not be said.
 *
 * <p>Immutable, usable from any thread.
 */
public final class FilterChain implements TextFilter {
    private static final System.Logger LOG = System.getLogger(FilterChain.class.getName());

    private final List<TextFilter> filters;

    private FilterChain(List<TextFilter> filters) {
        this.filters = List.copyOf(filters);
    }

    /** These filters, in this order; none lets everything pass. */
    public static FilterChain of(List<TextFilter> filters) {
        return new FilterChain(filters);
    }

    /** The same filters with one more at the end. */
    public FilterChain with(TextFilter filter) {
        List<TextFilter> more = new ArrayList<>(filters);
        more.add(filter);
        return new FilterChain(more);
    }

    /** Whether there are no filters, so that everything passes. */
    public boolean isEmpty() {
        return filters.isEmpty();
    }

    @Override
    public FilterResult check(String text) {
        String current = text;
        List<String> masked = new ArrayList<>();
        for (TextFilter filter : filters) {
            switch (checked(filter, current)) {
                case FilterResult.Passed() -> {}
                case FilterResult.Masked(String remaining, String reason) -> {
                    current = remaining;
                    masked.add(reason);
                }
                case FilterResult.Replaced replaced -> {
                    return replaced;
                }
                case FilterResult.Refused refused -> {
                    return refused;
                }
                case FilterResult.Retry retry -> {
                    return retry;
                }
            }
        }
        return masked.isEmpty() ? FilterResult.passed() : new FilterResult.Masked(current, String.join(", ", masked));
    }

    private static FilterResult checked(TextFilter filter, String text) {
        try {
            return filter.check(text);
        } catch (RuntimeException e) {
            String name = filter.getClass().getSimpleName();
            LOG.log(Level.ERROR, "the filter " + name + " failed; the text is refused", e);
            return new FilterResult.Refused(
                    "Sorry, I can't talk about that right now. Shall we try something else?",
                    "the filter %s failed".formatted(name));
        }
    }
}
