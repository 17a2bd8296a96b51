package dev.confab.training;

import dev.confab.training.gradient.ParameterLayout;

/** Hears how a run gets on. Called by the thread that trains, which waits for it. */
public interface TrainingListener {
    /** Listens to nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /** The run begins, or goes on. */
    default void started(long step, long steps) {}

    /** A step was made. */
    default void stepped(Step step) {}

    /** The model was measured on the validation data. */
    default void validated(Validation validation) {}

    /** The state was saved, and the run can go on from here. */
    default void saved(long step) {}

    /**
     * The model is the best so far, or the last one: the moment to write it down.
     *
     * @param layout of what is trained: the model, or its adapters
     * @param parameters laid out by it, not to be kept
     */
    default void improved(ParameterLayout layout, float[] parameters) {}

    /**
     * One step.
     *
     * @param step its number, from 1
     * @param steps how many there will be
     * @param epoch how far the data was gone through, 1.5 for the middle of the second time
     * @param loss the mean loss of its tokens, in nats
     * @param gradientNorm before clipping
     * @param learningRate of the step
     * @param tokens tokens learned so far
     * @param tokensPerSecond tokens of this step for each second of it, without padding
     * @param seconds time spent so far, earlier starts included
     */
    record Step(
            long step,
            long steps,
            double epoch,
            double loss,
            double gradientNorm,
            double learningRate,
            long tokens,
            double tokensPerSecond,
            double seconds) {}

    /**
     * A validation.
     *
     * @param step after which
     * @param loss the mean loss of its tokens, in nats
     * @param best whether none was better before
     */
    record Validation(long step, double loss, boolean best) {}
}
