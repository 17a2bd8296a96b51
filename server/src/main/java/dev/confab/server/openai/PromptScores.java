package dev.confab.server.openai;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.logits.Scores;
import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.KeyValueCache;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How likely a model finds each token of a prompt, for requests that have it echoed. */
final class PromptScores {
    /** Tokens per forward pass; each has a row of scores as long as the vocabulary. */
    private static final int CHUNK = 32;

    private PromptScores() {}

    /**
     * A score for each token; the first has none.
     *
     * @param top how many of the likeliest tokens are wanted in each place
     */
    static List<TokenScore> of(LanguageModel languageModel, int[] prompt, int top) {
        Gpt2 model = languageModel.model();
        Tokenizer tokenizer = languageModel.tokenizer();
        List<TokenScore> result = new ArrayList<>();
        int offset = add(result, tokenizer, prompt[0], 0, Float.NaN, null);
        float[] scores = new float[model.config().vocabularySize()];
        var batch = new ForwardBatch();
        try (KeyValueCache cache = model.newCache()) {
            for (int first = 0; first < prompt.length - 1; first += CHUNK) {
                int count = Math.min(CHUNK, prompt.length - 1 - first);
                batch.clear();
                int row = batch.add(cache, prompt, first, first + count, count);
                model.forward(batch);
                for (int i = 0; i < count; i++) {
                    batch.copyLogits(row + i, scores);
                    int token = prompt[first + i + 1];
                    float logProbability = (float) (scores[token] - Scores.logSumExp(scores));
                    offset = add(result, tokenizer, token, offset, logProbability, TokenProbabilities.of(scores, top));
                }
            }
        }
        return result;
    }

    private static int add(
            List<TokenScore> result,
            Tokenizer tokenizer,
            int token,
            int offset,
            float logProbability,
            TokenProbabilities.@Nullable Top top) {
        String text = tokenizer.decode(new int[] {token});
        result.add(new TokenScore(text, offset, logProbability, top));
        return offset + (tokenizer.isSpecial(token) ? 0 : text.length());
    }
}
