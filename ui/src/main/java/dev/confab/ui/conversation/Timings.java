package dev.confab.ui.conversation;

import org.jspecify.annotations.Nullable;

/**
 * How quickly a reply came.
 *
 * @param secondsToFirst from the beginning of the work to the first text
 * @param perSecond how many units a second came from then on, null if there were too few to tell
 * @param unit what was counted
 */
public record Timings(double secondsToFirst, @Nullable Double perSecond, Unit unit) {
    /** What a speed counts. */
    public enum Unit {
        /** Tokens of a model's vocabulary. */
        TOKENS,
        /** Words between spaces, where nobody told the tokens. */
        WORDS
    }

    /** Checks the numbers. */
    public Timings {
        if (!(secondsToFirst >= 0) || (perSecond != null && !(perSecond >= 0))) {
            throw new IllegalArgumentException("secondsToFirst is " + secondsToFirst + " and perSecond " + perSecond
                    + ", expected numbers from 0 on");
        }
    }
}
