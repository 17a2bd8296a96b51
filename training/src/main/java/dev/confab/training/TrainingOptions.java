package dev.confab.training;

import dev.confab.training.optimizer.AdamW;
import dev.confab.training.optimizer.LearningRate.Schedule;
import java.time.Duration;

/**
 * How a run goes about it.
 *
 * @param epochs how often the data is gone through, above 0; may be a fraction
 * @param accumulation batches whose gradients make one step, at least 1
 * @param learningRate the highest rate, above 0
 * @param schedule the rate's course after the warm-up
 * @param floor the rate at the end as a share of the highest, 0 to 1
 * @param warmUp steps until the highest rate, as a share of all steps, 0 to 1
 * @param optimizer AdamW's settings
 * @param clip the most that the gradients' norm may be; larger ones are scaled down; above 0
 * @param seed of everything that chance decides: first weights, order of the data, dropout
 * @param validateEvery steps between two validations, at least 1
 * @param validationBatches batches that a validation looks at, at least 1; all, where there are fewer
 * @param patience validations without a better loss after which the run ends, or 0 to go on to the end
 * @param saveEvery time between two saved states
 */
public record TrainingOptions(
        double epochs,
        int accumulation,
        double learningRate,
        Schedule schedule,
        double floor,
        double warmUp,
        AdamW.Options optimizer,
        double clip,
        long seed,
        int validateEvery,
        int validationBatches,
        int patience,
        Duration saveEvery) {
    /** Checks the ranges. */
    public TrainingOptions {
        require(epochs > 0, "epochs", epochs, "above 0");
        require(accumulation >= 1, "accumulation", accumulation, "at least 1");
        require(learningRate > 0, "learning rate", learningRate, "above 0");
        require(floor >= 0 && floor <= 1, "floor", floor, "0 to 1");
        require(warmUp >= 0 && warmUp <= 1, "warm-up", warmUp, "0 to 1");
        require(clip > 0, "clip", clip, "above 0");
        require(validateEvery >= 1, "validate every", validateEvery, "at least 1");
        require(validationBatches >= 1, "validation batches", validationBatches, "at least 1");
        require(patience >= 0, "patience", patience, "at least 0");
        require(!saveEvery.isNegative(), "save every", saveEvery, "at least 0");
    }

    /**
     * A builder with the defaults of {@code confab train}.
     *
     * @param learningRate the highest rate, above 0; {@link TrainingRequest.Start#usualRate} is one to begin with
     */
    public static TrainingOptionsBuilder builder(double learningRate) {
        return new TrainingOptionsBuilder(learningRate);
    }

    private static void require(boolean valid, String name, Object value, String expected) {
        if (!valid) {
            throw new TrainingException(name + ": " + value + "; expected " + expected);
        }
    }
}
