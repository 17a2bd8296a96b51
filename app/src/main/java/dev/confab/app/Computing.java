package dev.confab.app;

import dev.confab.engine.ModelOptions;

/** Says what computes. */
final class Computing {
    private Computing() {}

    /** The line that a chatbot's start says it with: {@code Computing with vector-256 kernels, 2 threads.} */
    static String notice(ModelOptions how) {
        int threads = how.threads();
        return "Computing with " + how.kernels().name() + " kernels, " + threads
                + (threads == 1 ? " thread." : " threads.");
    }
}
