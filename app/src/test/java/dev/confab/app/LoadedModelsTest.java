package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadedModelsTest {
    @Test
    void whatCannotBeClosedKeepsNothingElseOpen() {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second");
        var closed = new ArrayList<String>();
        List<Runnable> closings = List.of(
                () -> {
                    throw first;
                },
                () -> closed.add("between"),
                () -> {
                    throw second;
                },
                () -> closed.add("last"));

        assertThatThrownBy(() -> LoadedModels.closeAll(closings))
                .isSameAs(first)
                .hasSuppressedException(second);
        assertThat(closed).containsExactly("between", "last");
    }
}
