package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ContinuationSelectorTest {
    private static final float IMPOSSIBLE = Float.NEGATIVE_INFINITY;

    @Test
    void theBestComeInOrderAndAmongEqualsTheFirstOffered() {
        var best = new ContinuationSelector.Best(4);
        best.begin();
        best.offer(0, new float[] {-1, -3, -2}, 0);
        best.offer(1, new float[] {-1, 0, -9}, -1);
        assertThat(describe(best.select())).isEqualTo("0:0=-1.0 1:1=-1.0 0:2=-2.0 1:0=-2.0 ");
    }

    @Test
    void theBestAreFilledUpWithImpossibleOnes() {
        var best = new ContinuationSelector.Best(3);
        best.begin();
        best.offer(0, new float[] {IMPOSSIBLE, -1, IMPOSSIBLE}, 0);
        assertThat(describe(best.select())).isEqualTo("0:1=-1.0 0:0=-Infinity 0:2=-Infinity ");
    }

    @Test
    void theDrawnOnesAreThoseThatTheNumbersSelectWithoutReplacement() {
        // Weights 1/4, 1/4, 1/4, 1/4; then thirds of the rest: 0.5 of three is the second of them.
        var drawn = new ContinuationSelector.Drawn(2, 2, 2, UniformSource.of(0.3, 0.5));
        drawn.begin();
        drawn.offer(0, new float[] {-1, -1}, 0);
        drawn.offer(1, new float[] {-1, -1}, 0);
        assertThat(describe(drawn.select())).isEqualTo("0:1=-1.0 1:0=-1.0 ");
    }

    @Test
    void theDrawnOnesAreRankedByScore() {
        var drawn = new ContinuationSelector.Drawn(3, 1, 3, UniformSource.of(0, 0, 0));
        drawn.begin();
        drawn.offer(0, new float[] {-3, -1, -2}, 0);
        assertThat(describe(drawn.select())).isEqualTo("0:1=-1.0 0:2=-2.0 0:0=-3.0 ");
    }

    @Test
    void whatCannotBeDrawnFillsThePlacesThatAreLeft() {
        var drawn = new ContinuationSelector.Drawn(3, 2, 2, UniformSource.of(0.1, 0.1, 0.1));
        drawn.begin();
        drawn.offer(0, new float[] {-1, IMPOSSIBLE}, 0);
        drawn.offer(1, new float[] {-1, -2}, -1e9f);
        assertThat(describe(drawn.select())).startsWith("0:0=-1.0 1:0=-1.0E9 ");
    }

    private static String describe(Candidates candidates) {
        var text = new StringBuilder();
        for (int i = 0; i < candidates.count(); i++) {
            text.append(candidates.beam(i))
                    .append(':')
                    .append(candidates.token(i))
                    .append('=')
                    .append(candidates.score(i))
                    .append(' ');
        }
        return text.toString();
    }
}
