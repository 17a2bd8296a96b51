package dev.confab.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.error.ConfabException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplyMetricsTest {
    @Test
    void repetitionInsideAndBetweenRepliesIsCounted() {
        ReplyMetrics metrics = measure("i do not know i do not know", "yes", "i do not", "yes", "Yes", "a a a a");

        assertThat(metrics.score(Metric.REPEATED_TRIGRAMS)[0]).isCloseTo(2 / 6.0, within(1e-12));
        assertThat(metrics.score(Metric.REPEATED_REPLIES)[0]).isCloseTo(1 / 6.0, within(1e-12));
    }

    @Test
    void entropyAndDistinctAreThoseOfTheFormulas() {
        ReplyMetrics metrics = measure("a a b", "b");

        assertThat(metrics.score(Metric.ENTROPY)[0]).isCloseTo(Math.log(2), within(1e-12));
        assertThat(metrics.score(Metric.ENTROPY)[1]).isCloseTo(Math.log(2), within(1e-12));
        assertThat(metrics.score(Metric.ENTROPY)[3]).isZero();
        assertThat(metrics.score(Metric.DISTINCT)).containsExactly(0.5, 1);
    }

    @Test
    void emptyRepliesScoreNothingRatherThanFail() {
        ReplyMetrics metrics =
                ReplyMetrics.of(new ReplySet(List.of("", " "), List.of(List.of("yes ."), List.of("no"))));

        for (Metric metric : Metric.values()) {
            double[] values = metrics.score(metric);
            double expected = metric == Metric.REPEATED_REPLIES ? 0.5 : 0;
            for (double value : values) {
                assertThat(value).as(metric.key()).isCloseTo(expected, within(1e-3));
            }
        }
    }

    @Test
    void eachReplyMayHaveItsOwnNumberOfReferences() {
        ReplyMetrics metrics = ReplyMetrics.of(
                new ReplySet(List.of("a b c d", "e f g h"), List.of(List.of("a b c d", "x", "y"), List.of("e f g h"))));

        assertThat(metrics.score(Metric.BLEU)).containsExactly(1, 1, 1, 1);
        assertThat(metrics.score(Metric.ROUGE_L)).containsExactly(1);
    }

    @Test
    void cleaningChangesWhatIsCompared() {
        var set = new ReplySet(List.of("I don't know"), List.of(List.of("i do n't know")));

        assertThat(ReplyMetrics.of(set).score(Metric.BLEU)[0]).isLessThan(1);
        assertThat(ReplyMetrics.of(set.cleaned()).score(Metric.BLEU)[0]).isEqualTo(1);
    }

    @Test
    void differingCountsAreRefusedWithBothNumbers() {
        assertThatThrownBy(() -> new ReplySet(List.of("a", "b"), List.of(List.of("a"))))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("2 replies and 1 lines of references");
        assertThatThrownBy(() -> new ReplySet(List.of("a"), List.of(List.of())))
                .hasMessageContaining("reply 1 has no reference");
        assertThatThrownBy(() -> ReplySet.withoutReferences(List.of())).hasMessageContaining("no replies");
    }

    @Test
    void aMetricThatNeedsReferencesSaysSo() {
        assertThatThrownBy(() -> measure("a").score(Metric.BLEU))
                .hasMessage("bleu compares replies with references, and there are none");
        assertThat(Metric.published(false)).containsExactly(Metric.ENTROPY, Metric.DISTINCT, Metric.AVERAGE_LENGTH);
    }

    @Test
    void anUnknownMetricIsRefusedWithAllNames() {
        assertThatThrownBy(() -> Metric.of("blue"))
                .hasMessageStartingWith("unknown metric 'blue'; choose from nist, bleu, multi_bleu")
                .hasMessageEndingWith("repeated_replies");
    }

    private static ReplyMetrics measure(String... replies) {
        return ReplyMetrics.of(ReplySet.withoutReferences(List.of(replies)));
    }
}
