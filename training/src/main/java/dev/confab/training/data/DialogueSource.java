package dev.confab.training.data;

import java.nio.file.Path;

/**
 * A file with dialogues.
 *
 * @param path where it is
 * @param format what it looks like
 * @param weight how often each of its dialogues is seen per epoch, above 0 and at most 1000: 3 is three times, 0.2 a fifth
 *     of them, another fifth in each epoch
 */
public record DialogueSource(Path path, DialogueFormat format, double weight) {
    /**
     * Checks the weight.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public DialogueSource {
        if (!(weight > 0 && weight <= 1000)) {
            throw new IllegalArgumentException(path + ": the weight is " + weight + ", expected above 0 to 1000");
        }
    }

    /** The same file, seen more or less often. */
    public DialogueSource withWeight(double weight) {
        return new DialogueSource(path, format, weight);
    }
}
