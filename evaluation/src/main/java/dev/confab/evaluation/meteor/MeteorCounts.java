package dev.confab.evaluation.meteor;

/**
 * What METEOR counts of a reply and a reference, or of many together. Words that are frequent and mean little weigh less
 * than others.
 *
 * @param replyWords weighed words of the reply
 * @param referenceWords weighed words of the reference
 * @param replyMatches weighed words of the reply that are matched, times what their matches are worth
 * @param referenceMatches the same of the reference
 * @param matches matches
 * @param chunks into how many pieces the matches fall; 0 where the texts are the same
 */
public record MeteorCounts(
        double replyWords,
        double referenceWords,
        double replyMatches,
        double referenceMatches,
        long matches,
        long chunks) {
    /** Nothing counted yet. */
    public static final MeteorCounts NONE = new MeteorCounts(0, 0, 0, 0, 0, 0);

    private static final double ALPHA = 0.85;
    private static final double BETA = 0.2;
    private static final double GAMMA = 0.6;

    /** Both together. */
    public MeteorCounts plus(MeteorCounts other) {
        return new MeteorCounts(
                replyWords + other.replyWords,
                referenceWords + other.referenceWords,
                replyMatches + other.replyMatches,
                referenceMatches + other.referenceMatches,
                matches + other.matches,
                chunks + other.chunks);
    }

    /** The score, 0 to 1: the harmonic mean of precision and recall, less a penalty for matches in many pieces. */
    public double score() {
        if (matches == 0) {
            return 0;
        }
        double precision = replyMatches / replyWords;
        double recall = referenceMatches / referenceWords;
        double mean = 1 / ((1 - ALPHA) / precision + ALPHA / recall);
        return mean * (1 - GAMMA * Math.pow((double) chunks / matches, BETA));
    }
}
