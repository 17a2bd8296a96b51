package dev.confab.dialogue;

import java.io.Serial;
import java.util.function.Consumer;

/** What was handed out of a reply so far, and to whom. Belongs to the thread that makes the reply. */
final class HandedText implements Consumer<String> {
    private final Consumer<String> listener;
    private final StringBuilder text = new StringBuilder();

    HandedText(Consumer<String> listener) {
        this.listener = listener;
    }

    /**
     * Hands out a part.
     *
     * @throws ListenerFailed if who gets it fails
     */
    @Override
    public void accept(String part) {
        if (part.isEmpty()) {
            return;
        }
        text.append(part);
        try {
            listener.accept(part);
        } catch (RuntimeException e) {
            throw new ListenerFailed(e);
        }
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** All parts together. */
    @Override
    public String toString() {
        return text.toString();
    }

    /** Who was told of the text has failed, which is none of the chatbot's failures. */
    static final class ListenerFailed extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final RuntimeException failure;

        ListenerFailed(RuntimeException failure) {
            super(failure);
            this.failure = failure;
        }

        RuntimeException failure() {
            return failure;
        }
    }
}
