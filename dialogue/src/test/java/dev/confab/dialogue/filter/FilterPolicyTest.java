package dev.confab.dialogue.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FilterPolicyTest {
    private static final FilterPolicy SAFE = FilterPolicy.safe(Locale.US);
    private static final FilterPolicy KID_SAFE = FilterPolicy.kidSafe(Locale.US);

    @Test
    void aCrisisComesBeforeAllLists() {
        assertThat(KID_SAFE.input().check("i'm a fucking idiot and i want to die"))
                .isInstanceOf(FilterResult.Replaced.class);
        assertThat(SAFE.input().check("i want to die")).isInstanceOf(FilterResult.Replaced.class);
    }

    @Test
    void aChatbotMayNotSpeakOfSuicideToAChild() {
        assertThat(KID_SAFE.reply().check("that sounds like suicide")).isInstanceOf(FilterResult.Retry.class);
        assertThat(SAFE.reply().check("that sounds like suicide")).isEqualTo(FilterResult.passed());
    }

    @Test
    void personalDataIsMaskedBothWays() {
        var masked = new FilterResult.Masked("mail [e-mail address]", "e-mail address");

        assertThat(SAFE.input().check("mail bob@example.org")).isEqualTo(masked);
        assertThat(KID_SAFE.reply().check("mail bob@example.org")).isEqualTo(masked);
    }

    @Test
    void aListOfTheDeploymentIsRefusedFromPeopleAndNeverSaid() {
        FilterPolicy policy = SAFE.withList(WordList.of("competitors", List.of("acme")));

        assertThat(policy.input().check("is ACME better?"))
                .isInstanceOfSatisfying(
                        FilterResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("word list 'competitors'"));
        assertThat(policy.reply().check("a.c.m.e. is better"))
                .isEqualTo(new FilterResult.Retry("word list 'competitors'"));
        assertThat(policy.reply().check("you slut")).isInstanceOf(FilterResult.Retry.class);
    }

    @Test
    void noPolicyMeansNoFilters() {
        assertThat(FilterPolicy.none().input().check("i want to die")).isEqualTo(FilterResult.passed());
        assertThat(FilterPolicy.none().reply().check("bob@example.org")).isEqualTo(FilterResult.passed());
    }
}
