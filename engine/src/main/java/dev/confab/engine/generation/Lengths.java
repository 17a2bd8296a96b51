package dev.confab.engine.generation;

/**
 * The limits of a sequence, prompt included.
 *
 * @param maxLength generation stops when the sequence has so many tokens
 * @param minLength the end may not come before
 */
record Lengths(int maxLength, int minLength) {
    /** The limits that transformers derives: the numbers of new tokens win over the total lengths. */
    static Lengths of(GenerationConfig config, int promptLength) {
        Integer maxNewTokens = config.maxNewTokens();
        Integer minNewTokens = config.minNewTokens();
        return new Lengths(
                maxNewTokens != null ? saturatedSum(promptLength, maxNewTokens) : config.maxLength(),
                minNewTokens != null ? saturatedSum(promptLength, minNewTokens) : config.minLength());
    }

    private static int saturatedSum(int left, int right) {
        return (int) Math.min((long) left + right, Integer.MAX_VALUE);
    }
}
