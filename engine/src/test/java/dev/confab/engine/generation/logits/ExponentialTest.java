package dev.confab.engine.generation.logits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExponentialTest {
    @Test
    void itIsWithinItsErrorOfTheExactOne() {
        double worst = 0;
        for (double x = 0; x > -699; x -= 0.00137) {
            worst = Math.max(worst, Math.abs(Exponential.of(x) / Math.exp(x) - 1));
        }
        assertThat(worst).isLessThan(3e-10);
    }

    @Test
    void theEndsOfItsRangeAreExact() {
        assertThat(Exponential.of(0)).isEqualTo(1);
        assertThat(Exponential.of(-701)).isZero();
        assertThat(Exponential.of(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Exponential.of(Double.NaN)).isNaN();
    }
}
