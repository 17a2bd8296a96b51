package dev.confab.app;

import dev.confab.engine.hub.Progress;

/** Passes all on, and says once that the work has really begun: what fails at once never gets there. */
final class FirstProgress implements Progress {
    private final Progress next;
    private final Runnable begun;
    private boolean said;

    /** A listener in front of another. */
    FirstProgress(Progress next, Runnable begun) {
        this.next = next;
        this.begun = begun;
    }

    /** Says it now if it has not been said. */
    void say() {
        if (!said) {
            said = true;
            begun.run();
        }
    }

    @Override
    public void started(String what, long totalBytes) {
        next.started(what, totalBytes);
    }

    @Override
    public void advanced(long bytes) {
        say();
        next.advanced(bytes);
    }

    @Override
    public void finished() {
        next.finished();
    }
}
