package dev.confab.engine.generation;

import dev.confab.engine.model.Gpt2;
import org.jspecify.annotations.Nullable;

/**
 * Where proposals of the next tokens come from, if from anywhere: a draft model, or the text itself.
 *
 * @param model the draft model, which must have the vocabulary of the model that it drafts for
 */
record Drafting(@Nullable Gpt2 model) {
    /** A drafter for a request, or null where none was asked for. */
    @Nullable
    Drafter drafter(PreparedRequest request) {
        GenerationConfig config = request.config();
        Integer lookupTokens = config.promptLookupNumTokens();
        if (lookupTokens != null) {
            return new PromptLookup(lookupTokens, config.maxMatchingNgramSize(), request.eosTokenIds());
        }
        return model == null ? null : new DraftModel(model, request);
    }
}
