package dev.confab.ui;

import org.jspecify.annotations.Nullable;

/**
 * A function of one input, for {@link Interface#of}. Called by several threads at once.
 *
 * @param <A> what the component of the first input reads
 * @param <R> the result: a value, {@link Outputs}, or a stream, iterator or publisher of such
 */
@FunctionalInterface
public interface Function1<A extends @Nullable Object, R extends @Nullable Object> {
    /**
     * Calls it.
     *
     * @throws Exception if it fails; the message of a {@link dev.confab.ui.call.UserError} is shown to the user
     */
    R apply(A first) throws Exception;
}
