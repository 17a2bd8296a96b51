package dev.confab.evaluation;

/**
 * How well a model predicts given text.
 *
 * @param loss the mean negative log-probability of a token, in nats
 * @param tokens how many tokens were predicted
 */
public record Perplexity(double loss, long tokens) {
    /** The exponential of the loss: among how many equally likely tokens the model hesitates, on average. */
    public double perplexity() {
        return Math.exp(loss);
    }
}
