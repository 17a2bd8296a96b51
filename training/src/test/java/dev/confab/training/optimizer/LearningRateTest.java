package dev.confab.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.confab.training.optimizer.LearningRate.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LearningRateTest {
    @ParameterizedTest
    @EnumSource(Schedule.class)
    void risesInAStraightLineToItsPeak(Schedule schedule) {
        var rate = new LearningRate(schedule, 0.8, 0.1, 4, 20);
        assertThat(rate.at(0)).isCloseTo(0.2, within(1e-12));
        assertThat(rate.at(1)).isCloseTo(0.4, within(1e-12));
        assertThat(rate.at(3)).isCloseTo(0.8, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"CONSTANT, 1, 1", "LINEAR, 0.55, 0.1", "COSINE, 0.55, 0.1", "NOAM, 0.57735, 0.44721"})
    void thenFollowsItsSchedule(Schedule schedule, double halfWay, double last) {
        var rate = new LearningRate(schedule, 1, 0.1, 4, 20);
        long middle = schedule == Schedule.NOAM ? 11 : 12;
        assertThat(rate.at(middle)).isCloseTo(halfWay, within(1e-5));
        assertThat(rate.at(schedule == Schedule.NOAM ? 19 : 20)).isCloseTo(last, within(1e-5));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> new LearningRate(Schedule.NOAM, 1, 0, 0, 10)).hasMessageContaining("noam");
        assertThatThrownBy(() -> new LearningRate(Schedule.COSINE, -1, 0, 0, 10))
                .hasMessageContaining("-1");
    }
}
