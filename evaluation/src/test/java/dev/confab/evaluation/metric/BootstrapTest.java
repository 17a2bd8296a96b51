package dev.confab.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.error.ConfabException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
    private static final ReplyMetrics METRICS =
            ReplyMetrics.of(GoldenMetrics.set(GoldenMetrics.read().get("cases").get(0)));

    @Test
    void everyMetricsOwnValueLiesInsideItsIntervals() {
        for (Metric metric : Metric.values()) {
            Score score = METRICS.score(metric, Bootstrap.DEFAULT);
            assertThat(score.values()).as(metric.key()).hasSameSizeAs(metric.labels());
            assertThat(score.intervals()).as(metric.key()).hasSameSizeAs(metric.labels());
            for (int i = 0; i < score.values().size(); i++) {
                assertThat(score.values().get(i))
                        .as(metric.labels().get(i))
                        .isBetween(
                                score.intervals().get(i).low(),
                                score.intervals().get(i).high());
            }
        }
    }

    @Test
    void theIntervalOfAMeanIsWhereTheNormalApproximationSays() {
        var random = new SplittableRandom(1);
        List<String> replies = IntStream.range(0, 400)
                .mapToObj(_ -> "word ".repeat(random.nextInt(1, 21)))
                .toList();
        Score length =
                ReplyMetrics.of(ReplySet.withoutReferences(replies)).score(Metric.AVERAGE_LENGTH, Bootstrap.DEFAULT);

        // Uniform on 1 to 20: a standard deviation of 5.77, so a standard error of 0.288.
        Interval interval = length.intervals().getFirst();
        assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * 0.288, within(0.12));
    }

    @Test
    void theSameSeedGivesTheSameIntervalsAndHigherConfidenceWiderOnes() {
        var seeded = new Bootstrap(200, 0.9, 7);
        List<Interval> intervals = METRICS.score(Metric.BLEU, seeded).intervals();

        assertThat(METRICS.score(Metric.BLEU, seeded).intervals()).isEqualTo(intervals);
        assertThat(METRICS.score(Metric.BLEU, new Bootstrap(200, 0.9, 8)).intervals())
                .isNotEqualTo(intervals);
        Interval wider = METRICS.score(Metric.BLEU, new Bootstrap(200, 0.99, 7))
                .intervals()
                .getFirst();
        assertThat(wider.low()).isLessThan(intervals.getFirst().low());
        assertThat(wider.high()).isGreaterThan(intervals.getFirst().high());
    }

    @Test
    void noDrawsGiveNoIntervals() {
        assertThat(METRICS.score(Metric.NIST, new Bootstrap(0, 0.95, 0)).intervals())
                .isEmpty();
    }

    @Test
    void impossibleNumbersAreRefused() {
        assertThatThrownBy(() -> new Bootstrap(-1, 0.95, 0))
                .isInstanceOf(ConfabException.class)
                .hasMessage("resamples: -1; choose 0 to 100000");
        assertThatThrownBy(() -> new Bootstrap(10, 1, 0)).hasMessageContaining("confidence: 1.0");
    }
}
