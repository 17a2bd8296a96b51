package dev.confab.training.data;

import java.nio.file.Path;

/**
 * A file with dialogues.
 *
 * @param path where it is
 * @param format what it looks like
 * @param weights how often each of its dialogues is seen
 * @param chatExport how messages become dialogues, where the format is a messenger's
 */
public record DialogueSource(Path path, DialogueFormat format, EpochWeights weights, ChatExport chatExport) {

    /**
     * A file whose messages, if it holds any, become dialogues in the usual way.
     *
     * @throws IllegalArgumentException if the weight is out of range
     */
    public DialogueSource(Path path, DialogueFormat format, double weight) {
        this(path, format, EpochWeights.of(weight), ChatExport.DEFAULT);
    }

    /**
     * A file of a format that is to be recognised, each of whose dialogues is seen once per epoch.
     *
     * @throws DataException if it cannot be read, or looks like none of the formats
     */
    public static DialogueSource of(Path path) {
        return new DialogueSource(path, DialogueFormat.of(path), 1);
    }

    /**
     * The same file, seen more or less often.
     *
     * @throws IllegalArgumentException if the weight is out of range
     */
    public DialogueSource withWeight(double weight) {
        return withWeights(EpochWeights.of(weight));
    }

    /** The same file, seen more or less often, and not as often in each epoch. */
    public DialogueSource withWeights(EpochWeights weights) {
        return new DialogueSource(path, format, weights, chatExport);
    }

    /** The same file with other rules for messages. */
    public DialogueSource withChatExport(ChatExport chatExport) {
        return new DialogueSource(path, format, weights, chatExport);
    }
}
