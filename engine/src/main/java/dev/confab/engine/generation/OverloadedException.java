package dev.confab.engine.generation;

import dev.confab.engine.error.ConfabException;
import java.io.Serial;

/** More requests wait already than may; nothing was done, and the same request may succeed later. */
public final class OverloadedException extends ConfabException {
    @Serial
    private static final long serialVersionUID = 1L;

    OverloadedException(int waiting) {
        super("the model is overloaded: " + waiting + " requests wait, which is as many as may; try again later");
    }
}
