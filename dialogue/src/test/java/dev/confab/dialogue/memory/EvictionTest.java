package dev.confab.dialogue.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EvictionTest {
    @Test
    void soManyGoAtOnceThatTheRestStaysForAWhile() {
        int[] lengths = new int[100];
        Arrays.fill(lengths, 10);
        int changes = 0;
        int before = 0;
        for (int turns = 1; turns <= lengths.length; turns++) {
            int first = Eviction.firstShown(Arrays.copyOf(lengths, turns), 100, 60);
            int shown = 10 * (turns - first);
            assertThat(shown).isBetween(10, 100);
            if (first != before) {
                assertThat(shown).isEqualTo(60);
                changes++;
            }
            before = first;
        }
        assertThat(changes).isEqualTo(18);
    }

    @Test
    void theLatestTurnNeverGoes() {
        assertThat(Eviction.firstShown(new int[] {5, 500}, 100, 60)).isEqualTo(1);
        assertThat(Eviction.firstShown(new int[] {}, 100, 60)).isZero();
    }

    @Test
    void amountsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Memory.ofTokens(0)).hasMessageContaining("0 tokens");
        assertThatThrownBy(() -> Memory.defaults().withKeep(0)).hasMessageContaining("keeps 0.0");
        assertThatThrownBy(() -> Memory.defaults().withRecall(-1)).hasMessageContaining("-1 recalled");
    }
}
