package dev.confab.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of any number of inputs, for {@link Interface#ofList}. Called by several threads at once.
 */
@FunctionalInterface
public interface FunctionN {
    /**
     * Calls it.
     *
     * @param inputs a value for each input, as its component reads it
     * @return a value, {@link Outputs}, or a stream, iterator or publisher of such
     * @throws Exception if it fails; the message of a {@link dev.confab.ui.call.UserError} is shown to the user
     */
    @Nullable
    Object apply(List<@Nullable Object> inputs) throws Exception;
}
