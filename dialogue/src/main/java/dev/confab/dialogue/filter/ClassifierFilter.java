package dev.confab.dialogue.filter;

import dev.confab.engine.error.ConfabException;
import java.util.Map;

/**
 * Objects to texts that a model finds objectionable.
 *
 * <p>Immutable, usable from any thread; as quick as the model.
 */
public final class ClassifierFilter implements TextFilter {
    private final TextClassifier classifier;
    private final Map<String, Double> limits;
    private final FilterAction action;

    private ClassifierFilter(TextClassifier classifier, Map<String, Double> limits, FilterAction action) {
        this.classifier = classifier;
        this.limits = limits;
        this.action = action;
    }

    /**
     * A filter that asks a classifier.
     *
     * @param classifier the model
     * @param limits for each label that matters how likely it has to be, from 0 to 1, such as {@code toxic} 0.8
     * @param action what to do about a text in which any of these labels is at least that likely
     * @throws ConfabException if there are no labels, a limit is no likelihood, or the action is to mask: a classifier
     *     judges a text as a whole
     */
    public static ClassifierFilter of(TextClassifier classifier, Map<String, Double> limits, FilterAction action) {
        if (limits.isEmpty()) {
            throw new ConfabException("a classifier's filter has no labels, expected at least one with its limit");
        }
        limits.forEach((label, limit) -> {
            if (!(limit >= 0 && limit <= 1)) {
                throw new ConfabException("the limit of label '%s' is %s, expected 0 to 1".formatted(label, limit));
            }
        });
        if (action instanceof FilterAction.Mask) {
            throw new ConfabException(
                    "a classifier judges a text as a whole and cannot mask parts of it; choose to retry, replace or refuse");
        }
        return new ClassifierFilter(classifier, Map.copyOf(limits), action);
    }

    /**
     * {@inheritDoc}
     *
     * @throws ConfabException if the classifier does not know one of the labels
     * @throws RuntimeException if the classifier fails
     */
    @Override
    public FilterResult check(String text) {
        Map<String, Double> likelihoods = classifier.classify(text);
        var found = limits.entrySet().stream()
                .filter(limit -> likelihood(likelihoods, limit.getKey()) >= limit.getValue())
                .map(limit -> new Finding(0, text.length(), "", "classifier's label '%s'".formatted(limit.getKey())))
                .toList();
        return Findings.apply(action, text, found);
    }

    private static double likelihood(Map<String, Double> likelihoods, String label) {
        Double likelihood = likelihoods.get(label);
        if (likelihood == null) {
            throw new ConfabException("the classifier has no label '%s'; it has %s"
                    .formatted(label, likelihoods.keySet().stream().sorted().toList()));
        }
        return likelihood;
    }
}
