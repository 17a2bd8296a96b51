package dev.confab.training.optimizer;

import java.util.Locale;

/**
 * A learning rate for each step: it rises to its peak during the warm-up, then follows a schedule.
 *
 * @param schedule what follows the warm-up
 * @param peak the highest rate, above 0
 * @param floor the rate at the end of {@link Schedule#LINEAR} and {@link Schedule#COSINE}, as a share of the peak, 0 to 1
 * @param warmUpSteps steps until the peak, at least 0; {@link Schedule#NOAM} needs 1
 * @param steps how many steps there will be, at least 1
 */
public record LearningRate(Schedule schedule, double peak, double floor, long warmUpSteps, long steps) {
    /** The course of the rate after the warm-up. */
    public enum Schedule {
        /** The peak all the time. */
        CONSTANT,
        /** Straight down to the floor at the last step. */
        LINEAR,
        /** Half a cosine down to the floor at the last step. */
        COSINE,
        /**
         * With the inverse root of the step (Vaswani et al., "Attention Is All You Need", 2017), scaled so that the warm-up
         * ends at the peak.
         */
        NOAM;

        /** The schedule's name in options and files, such as {@code cosine}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks the ranges. */
    public LearningRate {
        if (!(peak > 0) || !(floor >= 0 && floor <= 1) || warmUpSteps < 0 || steps < 1) {
            throw new IllegalArgumentException("a learning rate of " + peak + " with floor " + floor + ", "
                    + warmUpSteps + " warm-up steps of " + steps
                    + ": expected above 0, 0 to 1, at least 0, at least 1");
        }
        if (schedule == Schedule.NOAM && warmUpSteps == 0) {
            throw new IllegalArgumentException("the noam schedule needs at least 1 warm-up step");
        }
    }

    /**
     * The rate of a step.
     *
     * @param step counted from 0
     */
    public double at(long step) {
        if (step < warmUpSteps) {
            return peak * (step + 1) / warmUpSteps;
        }
        double progress = Math.min(1, (double) (step - warmUpSteps) / Math.max(1, steps - warmUpSteps));
        return switch (schedule) {
            case CONSTANT -> peak;
            case LINEAR -> peak * (1 - (1 - floor) * progress);
            case COSINE -> peak * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * progress)));
            case NOAM -> peak * Math.sqrt((double) warmUpSteps / (step + 1));
        };
    }
}
