package dev.confab.training;

import dev.confab.training.optimizer.AdamW;
import dev.confab.training.optimizer.LearningRate.Schedule;
import java.time.Duration;

/** Puts the options of a run together. Each has a default; ranges are checked by {@link #build}. Belongs to one thread. */
public final class TrainingOptionsBuilder {
    private final double learningRate;
    private double epochs = 3;
    private int accumulation = 1;
    private Schedule schedule = Schedule.COSINE;
    private double floor = 0.05;
    private double warmUp = 0.03;
    private AdamW.Options optimizer = AdamW.Options.DEFAULT;
    private double clip = 1;
    private long seed = 1;
    private int validateEvery = 200;
    private int validationBatches = 32;
    private int patience;
    private Duration saveEvery = Duration.ofMinutes(5);

    TrainingOptionsBuilder(double learningRate) {
        this.learningRate = learningRate;
    }

    /** How often the data is gone through, 3 if not set; may be a fraction. */
    public TrainingOptionsBuilder epochs(double times) {
        epochs = times;
        return this;
    }

    /** How many batches' gradients make one step, 1 if not set. */
    public TrainingOptionsBuilder accumulation(int batches) {
        accumulation = batches;
        return this;
    }

    /**
     * The learning rate's course; a cosine down to a twentieth if not set.
     *
     * @param course after the warm-up
     * @param warmUp steps until the highest rate, as a share of all steps, 0 to 1
     * @param floor the rate at the end as a share of the highest, 0 to 1
     */
    public TrainingOptionsBuilder schedule(Schedule course, double warmUp, double floor) {
        schedule = course;
        this.warmUp = warmUp;
        this.floor = floor;
        return this;
    }

    /** AdamW's settings. */
    public TrainingOptionsBuilder optimizer(AdamW.Options settings) {
        optimizer = settings;
        return this;
    }

    /** The most that the gradients' norm may be, 1 if not set. */
    public TrainingOptionsBuilder clip(double norm) {
        clip = norm;
        return this;
    }

    /** Decides first weights, order of the data and dropout; 1 if not set. */
    public TrainingOptionsBuilder seed(long number) {
        seed = number;
        return this;
    }

    /**
     * When and on how much the model is measured; every 200 steps on 32 batches if not set.
     *
     * @param steps between two validations, at least 1
     * @param batches that a validation looks at, at least 1
     */
    public TrainingOptionsBuilder validate(int steps, int batches) {
        validateEvery = steps;
        validationBatches = batches;
        return this;
    }

    /** Validations without a better loss after which the run ends; 0, if not set, goes on to the end. */
    public TrainingOptionsBuilder patience(int validations) {
        patience = validations;
        return this;
    }

    /** Time between two saved states, five minutes if not set. */
    public TrainingOptionsBuilder saveEvery(Duration time) {
        saveEvery = time;
        return this;
    }

    /**
     * The options.
     *
     * @throws TrainingException if one is out of range
     */
    public TrainingOptions build() {
        return new TrainingOptions(
                epochs,
                accumulation,
                learningRate,
                schedule,
                floor,
                warmUp,
                optimizer,
                clip,
                seed,
                validateEvery,
                validationBatches,
                patience,
                saveEvery);
    }
}
