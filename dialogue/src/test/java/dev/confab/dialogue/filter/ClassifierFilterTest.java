package dev.confab.dialogue.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.error.ConfabException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassifierFilterTest {
    /** Classifies by length, as no model of a test has learnt more. */
    private static final TextClassifier BY_LENGTH =
            text -> Map.of("long", Math.min(1, text.length() / 10.0), "short", Math.max(0, 1 - text.length() / 10.0));

    @Test
    void aLabelThatIsLikelyEnoughIsObjectedTo() {
        ClassifierFilter filter = ClassifierFilter.of(BY_LENGTH, Map.of("long", 0.8), new FilterAction.Retry());

        assertThat(filter.check("1234567")).isEqualTo(FilterResult.passed());
        assertThat(filter.check("12345678")).isEqualTo(new FilterResult.Retry("classifier's label 'long'"));
    }

    @Test
    void labelsThatNobodyLimitedDoNotMatter() {
        ClassifierFilter filter =
                ClassifierFilter.of(BY_LENGTH, Map.of("long", 0.8), new FilterAction.Refuse("Not that."));

        assertThat(filter.check("")).isEqualTo(FilterResult.passed());
    }

    @Test
    void aLabelThatTheModelDoesNotHaveIsAnErrorThatNamesThoseItHas() {
        ClassifierFilter filter = ClassifierFilter.of(BY_LENGTH, Map.of("toxic", 0.5), new FilterAction.Retry());

        assertThatThrownBy(() -> filter.check("hi"))
                .isInstanceOf(ConfabException.class)
                .hasMessage("the classifier has no label 'toxic'; it has [long, short]");
        assertThat(FilterChain.of(List.of(filter)).check("hi")).isInstanceOf(FilterResult.Refused.class);
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> ClassifierFilter.of(BY_LENGTH, Map.of(), new FilterAction.Retry()))
                .hasMessageContaining("no labels");
        assertThatThrownBy(() -> ClassifierFilter.of(BY_LENGTH, Map.of("long", 80.0), new FilterAction.Retry()))
                .hasMessageContaining("80.0, expected 0 to 1");
        assertThatThrownBy(() -> ClassifierFilter.of(BY_LENGTH, Map.of("long", 0.8), new FilterAction.Mask()))
                .hasMessageContaining("cannot mask");
        assertThatThrownBy(() -> new FilterAction.Refuse(" ")).hasMessageContaining("blank");
    }
}
