package dev.confab.engine.tensor;

/**
 * What a kernel set promises on this machine, as far as can be told without loading it.
 *
 * @param verdict whether it can run, and whether it is worth running
 * @param reason what that rests on, in a few words that a person who runs {@code confab doctor} understands
 */
public record Suitability(Verdict verdict, String reason) {
    /** Whether a kernel set can run, and whether it is worth running. */
    public enum Verdict {
        /** It cannot run. */
        IMPOSSIBLE,
        /** It can run, but the engine's own kernels are expected to be as fast. */
        POSSIBLE,
        /** It is expected to be much faster than the engine's own kernels. */
        FASTER
    }
}
