package dev.confab.engine.generation;

/**
 * What a generator has done since it was made, and what it is doing.
 *
 * @param running requests in the batch now
 * @param waiting calls that wait for their turn now
 * @param steps forward passes
 * @param segments sequences in all forward passes together; divided by {@code steps} the mean size of a batch
 * @param tokens tokens read in all forward passes together
 * @param promptTokensComputed prompt tokens that finished requests had to read
 * @param promptTokensReused prompt tokens of finished requests that were in a session's cache
 * @param generatedTokens tokens of all finished replies
 * @param evictions caches of idle sessions that were emptied to make room
 * @param keyValueBytes memory that keys and values take now
 * @param keyValueCapacity the bound on it, in bytes
 */
public record BatchStatistics(
        int running,
        int waiting,
        long steps,
        long segments,
        long tokens,
        long promptTokensComputed,
        long promptTokensReused,
        long generatedTokens,
        long evictions,
        long keyValueBytes,
        long keyValueCapacity) {
    /** Sequences in a forward pass on average; 0 before the first. */
    public double meanBatchSize() {
        return steps == 0 ? 0 : (double) segments / steps;
    }
}
