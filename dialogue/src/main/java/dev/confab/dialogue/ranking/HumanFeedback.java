package dev.confab.dialogue.ranking;

import dev.confab.engine.SequenceClassifier;
import dev.confab.engine.Tokens;
import dev.confab.engine.tokenizer.EncodeOptions;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * What people would make of a reply, by one of the models of DialogRPT: {@code updown} whether they would vote it up,
 * {@code depth} and {@code width} how long and by how many it would be answered, {@code human_vs_rand} and
 * {@code human_vs_machine} whether it sounds like a person's answer to this. From 0 to 1.
 *
 * <p>The model reads the last two turns and the reply, each turn but the reply with the token that ends it, and of all
 * these the last 50 tokens, as it was trained on; the score is the sigmoid of its only label. It stays the caller's to
 * close.
 */
public final class HumanFeedback implements Ranker {
    private static final int TURNS = 2;
    private static final int MOST_TOKENS = 50;

    private final String name;
    private final SequenceClassifier model;
    private final EncodeOptions plainText;

    /**
     * Ranks with a model.
     *
     * @param name what it is called, such as {@code updown}
     * @throws IllegalArgumentException if it has more than one label
     */
    public HumanFeedback(String name, SequenceClassifier model) {
        if (model.labels().size() != 1) {
            throw new IllegalArgumentException(
                    "the model '" + name + "' has the labels " + model.labels() + "; a model of DialogRPT has one");
        }
        this.name = name;
        this.model = model;
        plainText = model.tokenizer().encodeOptions().withSplitSpecialTokens(true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double[] score(List<String> context, List<Proposal> proposals) {
        Tokenizer tokenizer = model.tokenizer();
        int[] said = {};
        for (String turn : context.subList(Math.max(0, context.size() - TURNS), context.size())) {
            said = Tokens.concat(said, tokenizer.encode(turn.strip(), plainText), new int[] {tokenizer.eosTokenId()});
        }
        List<int[]> texts = new ArrayList<>();
        for (Proposal proposal : proposals) {
            int[] text = Tokens.concat(said, tokenizer.encode(proposal.text().strip(), plainText));
            texts.add(text.length <= MOST_TOKENS ? text : Tokens.from(text, text.length - MOST_TOKENS));
        }
        return model.logits(texts).stream()
                .mapToDouble(logits -> 1 / (1 + Math.exp(-logits[0])))
                .toArray();
    }
}
