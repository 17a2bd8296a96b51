package dev.confab.training.data;

/**
 * What one speaker said before the other one spoke.
 *
 * @param text its text, never blank
 * @param fromBot whether the speaker is the one whom the model is to become
 * @param weight how much predicting this turn counts in the loss, finite and at least 0; 0 makes it context only
 */
public record Turn(String text, boolean fromBot, float weight) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the text is blank or the weight negative or not finite
     */
    public Turn {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a turn needs a text");
        }
        if (!(weight >= 0) || Float.isInfinite(weight)) {
            throw new IllegalArgumentException("a turn's weight is " + weight + ", expected 0 or more");
        }
    }
}
