package dev.confab.dialogue.filter;

import dev.confab.engine.SequenceClassifier;
import dev.confab.engine.tokenizer.EncodeOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sequence classifier of the GPT-2 family as a {@link TextClassifier}: each label's likelihood is the sigmoid of its
 * score, so that several labels may hold at once. Usable from any thread; the model stays the caller's to close.
 */
public final class ModelClassifier implements TextClassifier {
    private final SequenceClassifier model;
    private final EncodeOptions plainText;

    /** A classifier that asks a model. */
    public ModelClassifier(SequenceClassifier model) {
        this.model = model;
        plainText = model.tokenizer().encodeOptions().withSplitSpecialTokens(true);
    }

    @Override
    public Map<String, Double> classify(String text) {
        int[] tokens = model.tokenizer().encode(text, plainText);
        Map<String, Double> likelihoods = new LinkedHashMap<>();
        if (tokens.length == 0) {
            model.labels().forEach(label -> likelihoods.put(label, 0.0));
            return likelihoods;
        }
        float[] logits = model.logits(tokens);
        List<String> labels = model.labels();
        for (int i = 0; i < logits.length; i++) {
            likelihoods.put(labels.get(i), 1 / (1 + Math.exp(-logits[i])));
        }
        return likelihoods;
    }
}
