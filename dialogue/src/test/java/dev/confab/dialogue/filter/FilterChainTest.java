package dev.confab.dialogue.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterChainTest {
    private static final TextFilter HIDE_ONES = text ->
            text.contains("1") ? new FilterResult.Masked(text.replace('1', '*'), "ones") : FilterResult.passed();
    private static final TextFilter HIDE_TWOS = text ->
            text.contains("2") ? new FilterResult.Masked(text.replace('2', '*'), "twos") : FilterResult.passed();

    @Test
    void noFiltersLetEverythingPass() {
        assertThat(FilterChain.of(List.of()).check("anything")).isEqualTo(FilterResult.passed());
    }

    @Test
    void masksAddUp() {
        FilterChain chain = FilterChain.of(List.of(HIDE_ONES)).with(HIDE_TWOS);

        assertThat(chain.check("0")).isEqualTo(FilterResult.passed());
        assertThat(chain.check("012")).isEqualTo(new FilterResult.Masked("0**", "ones, twos"));
    }

    @Test
    void aLaterFilterSeesWhatAnEarlierOneLeft() {
        List<String> seen = new ArrayList<>();
        FilterChain.of(List.of(HIDE_ONES))
                .with(text -> {
                    seen.add(text);
                    return FilterResult.passed();
                })
                .check("012");

        assertThat(seen).containsExactly("0*2");
    }

    @Test
    void theFirstObjectionDecides() {
        var retry = new FilterResult.Retry("first");
        var refused = new FilterResult.Refused("No.", "second");
        var replaced = new FilterResult.Replaced("Yes.", "third");

        assertThat(FilterChain.of(List.of(HIDE_ONES, text -> retry, text -> refused))
                        .check("1"))
                .isEqualTo(retry);
        assertThat(FilterChain.of(List.of(text -> refused, text -> retry)).check("1"))
                .isEqualTo(refused);
        assertThat(FilterChain.of(List.of(text -> replaced, text -> retry)).check("1"))
                .isEqualTo(replaced);
    }

    @Test
    void whatAFailingFilterCouldNotCheckIsRefusedWithAFriendlySentence() {
        TextFilter failing = text -> {
            throw new IllegalStateException("the model is gone");
        };

        assertThat(FilterChain.of(List.of(failing)).check("hello"))
                .isInstanceOfSatisfying(FilterResult.Refused.class, refused -> {
                    assertThat(refused.reply()).startsWith("Sorry");
                    assertThat(refused.reason()).contains("failed").doesNotContain("hello");
                });
    }
}
