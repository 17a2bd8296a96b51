package dev.confab.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ByteScaleTest {
    @Test
    void roundingTwiceIsRoundingOnce() {
        var random = new SplittableRandom(5);
        for (int i = 0; i < 200_000; i++) {
            float largest = Math.abs(Float.intBitsToFloat(random.nextInt()));
            if (!Float.isFinite(largest)) {
                continue;
            }
            float scale = ByteScale.of(largest);
            float inverse = ByteScale.inverse(scale);
            int end = ByteScale.round(largest, inverse);
            int within = ByteScale.round(largest * random.nextFloat(), inverse);

            assertThat(end).isEqualTo(scale == 0 ? 0 : 127);
            assertThat(within).isBetween(0, 127);
            assertThat(ByteScale.of(end * scale)).isEqualTo(scale);
            assertThat((int) ByteScale.round(within * scale, inverse)).isEqualTo(within);
        }
    }

    @Test
    void whatIsTooSmallForAScaleIsZero() {
        assertThat(ByteScale.of(0)).isZero();
        assertThat(ByteScale.of(Float.MIN_VALUE)).isZero();
        assertThat(ByteScale.round(Float.MIN_VALUE, ByteScale.inverse(0))).isZero();
    }
}
