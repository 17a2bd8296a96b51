package dev.confab.ui.call;

import java.io.Serial;

/** There are as many calls in the queue as it holds. */
public final class QueueFullException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    QueueFullException(int size) {
        super("Queue is full. " + size + " calls are waiting; try again in a moment.");
    }
}
