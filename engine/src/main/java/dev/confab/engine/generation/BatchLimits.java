package dev.confab.engine.generation;

/**
 * How many requests share a model at once.
 *
 * @param running the most requests in one forward pass, at least 1; more wait
 * @param waiting the most calls that wait, at least 0; more are refused with an {@link OverloadedException}
 * @param tokensPerStep how many tokens one forward pass reads while prompts are read, at least 1: a long prompt is read
 *     in parts, so that the replies under way go on beside it
 */
public record BatchLimits(int running, int waiting, int tokensPerStep) {
    private static final int DEFAULT_RUNNING = 64;
    private static final int DEFAULT_WAITING = 1024;
    private static final int DEFAULT_TOKENS = 256;

    /**
     * Checks the ranges.
     *
     * @throws GenerationException if a number is out of range
     */
    public BatchLimits {
        if (running < 1 || waiting < 0 || tokensPerStep < 1) {
            throw new GenerationException("batch limits: " + running + " running, " + waiting + " waiting, "
                    + tokensPerStep + " tokens; choose at least 1, 0 and 1");
        }
    }

    /** 64 running, 1,024 waiting, 256 tokens. */
    public static BatchLimits defaults() {
        return new BatchLimits(DEFAULT_RUNNING, DEFAULT_WAITING, DEFAULT_TOKENS);
    }
}
