package dev.confab.ui.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an endpoint does when it is called. Used by several threads at once, up to the endpoint's limit. */
@FunctionalInterface
public interface Work {
    /**
     * Does it, on a thread that is interrupted if the call is cancelled. What was emitted when it returns is the result.
     *
     * @param inputs one value for each input, as its component reads it
     * @param out takes the results
     * @throws Exception to fail; a {@link UserError} for what the user should know
     */
    void run(List<@Nullable Object> inputs, Emitter out) throws Exception;
}
