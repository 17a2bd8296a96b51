package dev.confab.app;

import java.util.concurrent.CountDownLatch;

/** Finishes what is under way when the process is asked to end, by Ctrl-C or {@code kill}. Several work at the same time. */
final class ShutdownHook implements AutoCloseable {
    private final Thread hook;

    private ShutdownHook(Thread hook) {
        this.hook = hook;
    }

    /** Does something before the process ends. */
    static ShutdownHook of(Runnable stop) {
        var hook = new Thread(stop, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return new ShutdownHook(hook);
    }

    /** Waits until the thread is interrupted, which is how an embedding program ends a command. */
    static void awaitInterruption() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            // What follows must be able to wait for the replies under way, so the thread does not stay interrupted.
        }
    }

    /** The command ends by itself: nothing is left to be done when the process does. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process is being stopped, and the hook at work.
        }
    }
}
