package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.KeyValueCache;
import java.util.Arrays;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what a model makes of a prompt: raw scores, and the layers' outputs. */
final class PromptReading {
    private final Gpt2 model;

    PromptReading(Gpt2 model) {
        this.model = model;
    }

    /**
     * Adds {@code logits} and {@code hidden_states} to an answer, as far as they are wanted. The prompt is read in parts
     * that end at the wanted positions, so that the scores of one position are held at a time.
     *
     * @throws ConfabException if a position lies outside the prompt
     */
    void describe(int[] prompt, GenerationInput input, ObjectNode answer) {
        if (prompt.length == 0) {
            throw new ConfabException("'logits' and 'hidden_states' are about a prompt, but there is none");
        }
        int[] wanted = Arrays.stream(input.logits())
                .map(position -> fromStart(position, prompt.length))
                .toArray();
        ObjectNode logits = wanted.length > 0 ? answer.putObject("logits") : null;
        var batch = new ForwardBatch();
        float[] scores = new float[model.config().vocabularySize()];
        try (KeyValueCache cache = model.newCache()) {
            int[] ends = ends(wanted, input.hiddenStates(), prompt.length);
            for (int end : ends) {
                batch.clear();
                batch.recordHiddenStates(input.hiddenStates() && end == prompt.length);
                int row = batch.add(cache, prompt, cache.length(), end, 1);
                model.forward(batch);
                if (logits != null) {
                    batch.copyLogits(row, scores);
                    put(logits, input.logits(), wanted, end - 1, scores);
                }
                if (input.hiddenStates() && end == prompt.length) {
                    ArrayNode states = answer.putArray("hidden_states");
                    Arrays.stream(batch.hiddenStates(row)).map(Json::array).forEach(states::add);
                }
            }
        }
    }

    private static int[] ends(int[] wanted, boolean last, int length) {
        var ends = Arrays.stream(wanted).map(position -> position + 1);
        return (last ? IntStream.concat(ends, IntStream.of(length)) : ends)
                .sorted()
                .distinct()
                .toArray();
    }

    /** Under the name that it was asked for by: a position may be counted from the end. */
    private static void put(ObjectNode logits, int[] asked, int[] wanted, int position, float[] scores) {
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] == position) {
                logits.set(Integer.toString(asked[i]), Json.array(scores));
            }
        }
    }

    private static int fromStart(int position, int length) {
        int fromStart = position < 0 ? length + position : position;
        if (fromStart < 0 || fromStart >= length) {
            throw new ConfabException("'logits' asks for position " + position + " of a prompt with " + length
                    + " tokens; expected " + -length + " to " + (length - 1));
        }
        return fromStart;
    }
}
