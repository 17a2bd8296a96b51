package dev.confab.training;

/**
 * How far a run has come: everything that it needs to go on as if it had never stopped, beside the numbers of model and
 * optimiser. Chance needs no state of its own, as it is a function of the seed and the step.
 *
 * @param step steps made
 * @param epoch the epoch of the next batch, from 0
 * @param batch the number of the next batch in its epoch
 * @param tokens tokens learned so far
 * @param seconds time spent so far
 * @param bestLoss the best validation loss so far, or infinity
 * @param bestStep the step of the best validation loss
 * @param sinceBest validations since then
 */
record Position(
        long step, int epoch, long batch, long tokens, double seconds, double bestLoss, long bestStep, int sinceBest) {
    static final Position START = new Position(0, 0, 0, 0, 0, Double.POSITIVE_INFINITY, 0, 0);

    /** After one more batch of an epoch. */
    Position afterBatch(long batchesOfEpoch, long learned) {
        boolean last = batch + 1 >= batchesOfEpoch;
        return new Position(
                step,
                last ? epoch + 1 : epoch,
                last ? 0 : batch + 1,
                tokens + learned,
                seconds,
                bestLoss,
                bestStep,
                sinceBest);
    }

    /** At the beginning of the next epoch. */
    Position nextEpoch() {
        return new Position(step, epoch + 1, 0, tokens, seconds, bestLoss, bestStep, sinceBest);
    }

    /** After one more step. */
    Position afterStep(double secondsInAll) {
        return new Position(step + 1, epoch, batch, tokens, secondsInAll, bestLoss, bestStep, sinceBest);
    }

    /** After a validation. */
    Position afterValidation(double loss) {
        return loss < bestLoss
                ? new Position(step, epoch, batch, tokens, seconds, loss, step, 0)
                : new Position(step, epoch, batch, tokens, seconds, bestLoss, bestStep, sinceBest + 1);
    }
}
