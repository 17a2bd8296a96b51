package dev.confab.training.data;

import java.nio.file.Path;

/**
 * A file with dialogues.
 *
 * @param path where it is
 * @param format what it looks like
 * @param weight how often each of its dialogues is seen per epoch, above 0 and at most 1000: 3 is three times, 0.2 a fifth
 *     of them, another fifth in each epoch
 * @param chatExport how messages become dialogues, where the format is a messenger's
 */
public record DialogueSource(Path path, DialogueFormat format, double weight, ChatExport chatExport) {
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

    /**
     * A file whose messages, if it holds any, become dialogues in the usual way.
     *
     * @throws IllegalArgumentException if the weight is out of range
     */
    public DialogueSource(Path path, DialogueFormat format, double weight) {
        this(path, format, weight, ChatExport.DEFAULT);
    }

    /**
     * A file of a format that is to be recognised, each of whose dialogues is seen once per epoch.
     *
     * @throws DataException if it cannot be read, or looks like none of the formats
     */
    public static DialogueSource of(Path path) {
        return new DialogueSource(path, DialogueFormat.of(path), 1);
    }

    /** The same file, seen more or less often. */
    public DialogueSource withWeight(double weight) {
        return new DialogueSource(path, format, weight, chatExport);
    }

    /** The same file with other rules for messages. */
    public DialogueSource withChatExport(ChatExport chatExport) {
        return new DialogueSource(path, format, weight, chatExport);
    }
}
