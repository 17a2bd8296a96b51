package dev.confab.ui;

import org.jspecify.annotations.Nullable;

/**
 * A function of four inputs, for {@link Interface#of}. Called by several threads at once.
 *
 * @param <A> what the component of the first input reads
 * @param <B> what the component of the second input reads
 * @param <C> what the component of the third input reads
 * @param <D> what the component of the fourth input reads
 * @param <R> the result: a value, {@link Outputs}, or a stream, iterator or publisher of such
 */
@FunctionalInterface
public interface Function4<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        D extends @Nullable Object,
        R extends @Nullable Object> {
    /**
     * Calls it.
     *
     * @throws Exception if it fails; the message of a {@link dev.confab.ui.call.UserError} is shown to the user
     */
    R apply(A first, B second, C third, D fourth) throws Exception;
}
