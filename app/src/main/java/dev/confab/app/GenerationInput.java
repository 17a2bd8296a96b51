package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.GenerationConfig;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One prompt and all that is asked about it: a line of {@code confab generate --batch}.
 *
 * @param prompt the prompt's text; null where it is given in ids, or absent
 * @param promptIds the prompt's ids; null where it is given as text, or absent
 * @param config the options of generation
 * @param uniforms the numbers to draw with; null to draw from the seed
 * @param attentionMask 0 for each token of the prompt that the model does not see; null where it sees all
 * @param negativePromptIds what guidance moves away from; null for its usual
 * @param logits the positions whose raw scores are wanted
 * @param hiddenStates whether each layer's output of the last position is wanted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record GenerationInput(
        @Nullable String prompt,
        int @Nullable [] promptIds,
        GenerationConfig config,
        double @Nullable [] uniforms,
        int @Nullable [] attentionMask,
        int @Nullable [] negativePromptIds,
        int[] logits,
        boolean hiddenStates) {
    private static final Set<String> FIELDS = Set.of(
            "prompt", "prompt_ids", "uniforms", "attention_mask", "negative_prompt_ids", "logits", "hidden_states");

    /**
     * Reads a line. A prompt of {@code null} ids starts from the model's first token.
     *
     * @param common the options that hold where the line has none
     * @throws ConfabException if a field is unknown or of the wrong kind, or there is no prompt, or are two
     */
    static GenerationInput parse(ObjectNode line, GenerationConfig common) {
        boolean asText = line.has("prompt");
        if (asText == line.has("prompt_ids")) {
            throw new ConfabException(
                    asText
                            ? "both 'prompt' and 'prompt_ids' are given; leave one of them out"
                            : "no prompt; give \"prompt\": \"..\" or \"prompt_ids\": [..]");
        }
        return new GenerationInput(
                asText ? Json.text(line, "prompt") : null,
                Json.optionalRow(line, "prompt_ids"),
                GenerationConfig.fromJson(line, FIELDS).over(common),
                Json.numbers(line, "uniforms"),
                Json.optionalRow(line, "attention_mask"),
                Json.optionalRow(line, "negative_prompt_ids"),
                line.has("logits") ? Json.integers(line, "logits") : new int[0],
                Json.flag(line, "hidden_states"));
    }
}
