package dev.confab.evaluation.meteor;

/**
 * Two words that may be matched.
 *
 * @param reply the position in the reply
 * @param reference the position in the reference
 * @param stage how they match
 */
record WordMatch(int reply, int reference, Stage stage) {
    /** How two words match, and what a match is worth. */
    enum Stage {
        /** They are equal. */
        EXACT(1),
        /** They have the same stem. */
        STEM(0.6),
        /** They share a meaning. */
        SYNONYM(0.8);

        private final double weight;

        Stage(double weight) {
            this.weight = weight;
        }

        double weight() {
            return weight;
        }
    }
}
