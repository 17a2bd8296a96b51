package dev.confab.ui.call;

import java.io.Serial;

/** There are as many calls of one visitor in the queue as may be. */
public final class VisitorQueueFullException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    VisitorQueueFullException(int size) {
        super(size + " calls of this visitor are waiting, which is as many as may; wait for one of them.");
    }
}
