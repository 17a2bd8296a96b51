package dev.confab.evaluation;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.Tokens;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationRequest;
import dev.confab.engine.generation.GenerationResult;
import dev.confab.engine.tokenizer.DecodeOption;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Lets a model reply to many contexts, several in each forward pass. A context is read as DialoGPT does, every turn
 * followed by the end-of-text token; one that leaves no room for a reply loses its oldest turns.
 *
 * <p>A seed gives each context random numbers of its own, so a reply depends neither on how many are made together nor on
 * the contexts before it. Belongs to one thread.
 */
public final class ReplyGenerator {
    /** The longest reply in tokens where the settings set none. */
    public static final int DEFAULT_NEW_TOKENS = 100;

    private static final int MOST_TOGETHER = 1024;

    private final LanguageModel model;
    private final Tokenizer tokenizer;
    private final GenerationConfig config;
    private final int longestPrompt;
    private final int together;

    /**
     * A generator of replies.
     *
     * @param model stays the caller's to close
     * @param config what is not set comes from the model's own settings; of several sequences the first is the reply
     * @param together how many contexts share a forward pass, 1 to 1,024
     * @throws ConfabException if {@code together} is out of range
     */
    public ReplyGenerator(LanguageModel model, GenerationConfig config, int together) {
        if (together < 1 || together > MOST_TOGETHER) {
            throw new ConfabException("batch size: " + together + "; choose 1 to " + MOST_TOGETHER);
        }
        this.model = model;
        this.tokenizer = model.tokenizer();
        this.together = together;
        GenerationConfig effective = config.over(model.generationConfig());
        Integer newTokens = effective.maxNewTokens();
        int room = newTokens == null ? DEFAULT_NEW_TOKENS : newTokens;
        this.config = config.toBuilder().maxNewTokens(room).build();
        int positions = model.config().positions();
        this.longestPrompt = Math.max(1, positions - Math.min(room, positions / 2));
    }

    /**
     * Replies to each context.
     *
     * @param contexts each with at least one turn
     * @param progress told how many more replies are done
     * @return the texts of the replies, in the order of the contexts
     * @throws ConfabException if a last turn alone is too long for the model, or a setting cannot be used
     */
    public List<String> replies(List<List<String>> contexts, IntConsumer progress) {
        List<String> replies = new ArrayList<>();
        for (int first = 0; first < contexts.size(); first += together) {
            int end = Math.min(first + together, contexts.size());
            List<GenerationRequest> requests = IntStream.range(first, end)
                    .mapToObj(i -> request(contexts.get(i), i))
                    .toList();
            for (GenerationResult result : model.generator().generateAll(requests)) {
                replies.add(tokenizer
                        .decode(result.sequence().tokens(), DecodeOption.SKIP_SPECIAL_TOKENS)
                        .strip());
            }
            progress.accept(end - first);
        }
        return replies;
    }

    private GenerationRequest request(List<String> context, int index) {
        Long seed = config.over(model.generationConfig()).seed();
        GenerationConfig own =
                seed == null ? config : config.toBuilder().seed(seed + index).build();
        return GenerationRequest.of(prompt(context, index), own);
    }

    private int[] prompt(List<String> context, int index) {
        if (context.isEmpty()) {
            throw new ConfabException("context " + (index + 1) + " has no turns; a reply needs at least one");
        }
        List<int[]> turns = new ArrayList<>();
        int length = 0;
        for (String turn : context.reversed()) {
            int[] tokens = tokenizer.encode(turn + tokenizer.eosToken());
            if (length + tokens.length > longestPrompt) {
                break;
            }
            turns.addFirst(tokens);
            length += tokens.length;
        }
        if (turns.isEmpty()) {
            throw new ConfabException("the last turn of context " + (index + 1) + " is longer than the " + longestPrompt
                    + " tokens that the model's " + model.config().positions()
                    + " positions leave; shorten it, or lower max_new_tokens");
        }
        return Tokens.concat(turns.toArray(int[][]::new));
    }
}
