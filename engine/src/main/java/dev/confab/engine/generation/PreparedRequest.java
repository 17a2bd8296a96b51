package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.HammingDiversity;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request whose every setting has been checked and resolved against the model. */
final class PreparedRequest {
    private final GenerationRequest request;
    private final Gpt2 model;
    private final GenerationConfig config;
    private final int[] prompt;
    private final int[] visiblePrompt;
    private final Lengths lengths;
    private final int[] eosTokenIds;
    private final @Nullable StopStrings stopStrings;
    private final long seed;

    private PreparedRequest(
            GenerationRequest request,
            Gpt2 model,
            GenerationConfig config,
            int[] prompt,
            int[] visiblePrompt,
            @Nullable StopStrings stopStrings) {
        this.request = request;
        this.model = model;
        this.config = config;
        this.prompt = prompt;
        this.visiblePrompt = visiblePrompt;
        this.lengths = lengths(config, prompt, visiblePrompt, model, negativePrompt().length);
        this.eosTokenIds = Tokens.array(config.eosTokenId());
        this.stopStrings = stopStrings;
        Long chosen = config.seed();
        this.seed = chosen != null ? chosen : ThreadLocalRandom.current().nextLong();
    }

    static PreparedRequest of(
            GenerationRequest request, Gpt2 model, GenerationConfig defaults, @Nullable Supplier<Tokenizer> tokenizer) {
        GenerationConfig config = request.config().over(defaults);
        config.validate();
        int vocabulary = model.config().vocabularySize();
        GenerationConfigRules.checkVocabulary(config, vocabulary);
        int[] prompt = prompt(request, config);
        requireTokens("prompt", prompt, vocabulary);
        int[] negative = request.negativePrompt();
        if (negative != null) {
            requireTokens("negative prompt", negative, vocabulary);
        }
        return new PreparedRequest(
                request,
                model,
                config,
                prompt,
                visible(prompt, request.attentionMask()),
                stopStrings(config, tokenizer));
    }

    private static int[] prompt(GenerationRequest request, GenerationConfig config) {
        int[] prompt = request.prompt();
        if (prompt != null) {
            return prompt;
        }
        Integer bos = config.bosTokenId();
        if (bos == null) {
            throw new GenerationException(
                    "there is no prompt and bos_token_id is not set; give a prompt or the token to start from");
        }
        return new int[] {bos};
    }

    static void requireTokens(String what, int[] tokens, int vocabulary) {
        if (tokens.length == 0) {
            throw new GenerationException("the " + what + " is empty; it must have at least one token");
        }
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] < 0 || tokens[i] >= vocabulary) {
                throw new GenerationException("token " + i + " of the " + what + " is " + tokens[i]
                        + "; the model's vocabulary goes from 0 to " + (vocabulary - 1)
                        + "; is the tokenizer the model's own?");
            }
        }
    }

    private static int[] visible(int[] prompt, int @Nullable [] mask) {
        if (mask == null) {
            return prompt;
        }
        if (mask.length != prompt.length) {
            throw new GenerationException("the attention mask has " + mask.length + " entries; the prompt has "
                    + prompt.length + " tokens; they must be equal");
        }
        int[] visible = new int[prompt.length];
        int count = 0;
        for (int i = 0; i < prompt.length; i++) {
            if (mask[i] != 0) {
                visible[count++] = prompt[i];
            }
        }
        if (count == 0) {
            throw new GenerationException("the attention mask hides the whole prompt; at least one entry must be 1");
        }
        return Arrays.copyOf(visible, count);
    }

    private static @Nullable StopStrings stopStrings(GenerationConfig config, @Nullable Supplier<Tokenizer> tokenizer) {
        List<String> strings = config.stopStrings();
        if (strings == null || strings.isEmpty()) {
            return null;
        }
        if (tokenizer == null) {
            throw GenerationException.invalid(
                    "stop_strings", strings, "unset for a generator without a tokenizer, which has no text to search");
        }
        return new StopStrings(strings, tokenizer.get());
    }

    /** The limits, lowered to what the model has positions for: one token more than it can read. */
    private static Lengths lengths(
            GenerationConfig config, int[] prompt, int[] visiblePrompt, Gpt2 model, int negativeLength) {
        Lengths lengths = Lengths.of(config, prompt.length);
        if (prompt.length >= lengths.maxLength()) {
            throw new GenerationException("the prompt has " + prompt.length + " tokens, but max_length is "
                    + lengths.maxLength() + "; shorten the prompt, raise max_length or set max_new_tokens");
        }
        int positions = model.config().positions();
        int longest = Math.max(visiblePrompt.length, negativeLength);
        if (longest > positions) {
            throw new GenerationException("the prompt has " + longest + " tokens, but the model has " + positions
                    + " positions; shorten the prompt");
        }
        long possible = (long) prompt.length + (positions + 1 - longest);
        return new Lengths((int) Math.min(lengths.maxLength(), possible), lengths.minLength());
    }

    Gpt2 model() {
        return model;
    }

    GenerationConfig config() {
        return config;
    }

    /** The prompt as the processors see it. */
    int[] prompt() {
        return prompt;
    }

    /** The prompt as the model sees it: without masked tokens. */
    int[] visiblePrompt() {
        return visiblePrompt;
    }

    /** What guidance starts its second reading with. */
    int[] negativePrompt() {
        int[] negative = request.negativePrompt();
        return negative != null ? negative : new int[] {prompt[prompt.length - 1]};
    }

    /** Whether the scores are moved away from those of the negative prompt. */
    boolean guided() {
        Double scale = config.guidanceScale();
        return scale != null && scale != 1;
    }

    int maxLength() {
        return lengths.maxLength();
    }

    int[] eosTokenIds() {
        return eosTokenIds;
    }

    /** What a finished group of beams is filled up with. */
    int padTokenId() {
        Integer pad = config.padTokenId();
        return pad != null ? pad : eosTokenIds.length > 0 ? eosTokenIds[0] : 0;
    }

    int vocabularySize() {
        return model.config().vocabularySize();
    }

    LogitsProcessors processors(@Nullable HammingDiversity diversity) {
        return LogitsProcessors.of(config, prompt, lengths, request.processors(), diversity);
    }

    /** Chooses the tokens of one of the sequences. */
    TokenChooser chooser(int sequence) {
        return config.doSample() ? new TokenChooser.Sampling(uniforms(sequence)) : new TokenChooser.Greedy();
    }

    UniformSource uniforms(int sequence) {
        UniformSource given = request.uniforms();
        return given != null ? given : UniformSource.seeded(seed, sequence);
    }

    GenerationListener listener() {
        return request.listener();
    }

    boolean cancelled() {
        return request.cancellation().getAsBoolean();
    }

    /** Why the sequence ends with its last token, or null if it goes on. */
    @Nullable
    FinishReason finish(TokenSequence sequence) {
        if (Tokens.contains(eosTokenIds, sequence.last())) {
            return FinishReason.EOS;
        }
        if (stopped(sequence)) {
            return FinishReason.STOP;
        }
        return sequence.length() >= maxLength() ? FinishReason.LENGTH : null;
    }

    /** Whether the last token completes a stop string. */
    boolean stopped(TokenSequence sequence) {
        return stopStrings != null && stopStrings.endsIn(sequence);
    }
}
