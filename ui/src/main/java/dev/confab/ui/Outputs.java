package dev.confab.ui;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a function with several outputs returns.
 *
 * @param values one for each output, in their order
 */
public record Outputs(List<@Nullable Object> values) {
    /** Makes the list unmodifiable. */
    public Outputs {
        values = Collections.unmodifiableList(values);
    }

    /** One value for each output, in their order. */
    public static Outputs of(@Nullable Object... values) {
        return new Outputs(Arrays.asList(values.clone()));
    }
}
