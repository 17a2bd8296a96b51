package dev.confab.dialogue.ranking;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.Tokens;
import dev.confab.engine.tokenizer.EncodeOptions;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;

/**
 * How well what was said can be guessed from a reply, by a backward model, which was trained on turns in reverse order
 * ({@code confab train --reverse}): the geometric mean of the probabilities of the last turn's tokens, from 0 to 1. Bland
 * replies fit everything and let nothing be guessed, so they score low.
 *
 * <p>Maximum mutual information as DialoGPT's paper (arXiv 1911.00536) ranks by it; the model reads the reply, the token
 * that ends a turn, and then the turn that is guessed. The model stays the caller's to close.
 */
public final class MutualInformation implements Ranker {
    private final LanguageModel backward;
    private final EncodeOptions plainText;

    /** Ranks with a backward model. */
    public MutualInformation(LanguageModel backward) {
        this.backward = backward;
        plainText = backward.tokenizer().encodeOptions().withSplitSpecialTokens(true);
    }

    @Override
    public String name() {
        return "mmi";
    }

    @Override
    public double[] score(List<String> context, List<Proposal> proposals) {
        int[] said = turn(context.getLast());
        return proposals.stream()
                .mapToDouble(proposal -> score(turn(proposal.text()), said))
                .toArray();
    }

    private double score(int[] reply, int[] said) {
        int half = backward.config().positions() / 2;
        double[] logProbabilities = backward.generator().logProbabilities(last(reply, half), last(said, half));
        return Math.exp(Arrays.stream(logProbabilities).average().orElseThrow());
    }

    private int[] turn(String text) {
        Tokenizer tokenizer = backward.tokenizer();
        return Tokens.concat(tokenizer.encode(text, plainText), new int[] {tokenizer.eosTokenId()});
    }

    private static int[] last(int[] tokens, int most) {
        return tokens.length <= most ? tokens : Tokens.from(tokens, tokens.length - most);
    }
}
