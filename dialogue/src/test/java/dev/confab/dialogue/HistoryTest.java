package dev.confab.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final int END = 9;

    private final History history = new History(END);

    @Test
    void eachTurnEndsOnce() {
        history.add(new int[] {1, 2});
        history.add(new int[] {3, END});
        history.add(new int[] {});

        assertThat(history.prompt(100)).containsExactly(1, 2, END, 3, END, END);
    }

    @Test
    void theOldestWholeTurnsGoWhenTheRoomIsUsedUp() {
        history.add(new int[] {1, 2, 3});
        history.add(new int[] {4});
        history.add(new int[] {5, 6});

        assertThat(history.prompt(8)).containsExactly(4, END, 5, 6, END);
        assertThat(history.prompt(100)).as("what is gone stays gone").containsExactly(4, END, 5, 6, END);
    }

    @Test
    void aSingleTurnThatIsTooLongLosesItsBeginning() {
        history.add(new int[] {1, 2, 3, 4});

        assertThat(history.prompt(3)).containsExactly(3, 4, END);
    }

    @Test
    void aForgottenTurnIsNotInThePrompt() {
        history.add(new int[] {1});
        history.add(new int[] {2});
        history.removeLast();

        assertThat(history.prompt(100)).containsExactly(1, END);
        history.clear();
        assertThat(history.prompt(100)).isEmpty();
    }
}
