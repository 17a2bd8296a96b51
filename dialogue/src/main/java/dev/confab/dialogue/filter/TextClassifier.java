package dev.confab.dialogue.filter;

import java.util.Map;

/**
 * A model that puts labels on a text, such as one of the GPT-2 family with a head for sequence classification.
 *
 * <p>Implementations are usable from any thread.
 */
@FunctionalInterface
public interface TextClassifier {
    /**
     * Classifies a text.
     *
     * @param text any text, which the classifier shortens itself if it is too long for its model
     * @return how likely each label is, each from 0 to 1; they need not add up to 1
     * @throws RuntimeException if the model fails
     */
    Map<String, Double> classify(String text);
}
