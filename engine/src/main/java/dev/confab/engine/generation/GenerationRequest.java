package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.LogitsProcessor;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A prompt and all that goes with it. Immutable; each {@code with} method gives a changed copy.
 *
 * <pre>{@code
 * var request = GenerationRequest.of(prompt, GenerationConfig.builder().maxNewTokens(40).build())
 *         .withListener((sequence, token) -> show(token))
 *         .withCancellation(stopButton::isPressed);
 * }</pre>
 */
public final class GenerationRequest {
    private final int @Nullable [] prompt;
    private final GenerationConfig config;
    private final int @Nullable [] attentionMask;
    private final int @Nullable [] negativePrompt;
    private final @Nullable UniformSource uniforms;
    private final GenerationListener listener;
    private final BooleanSupplier cancellation;
    private final List<LogitsProcessor> processors;

    private GenerationRequest(
            int @Nullable [] prompt,
            GenerationConfig config,
            int @Nullable [] attentionMask,
            int @Nullable [] negativePrompt,
            @Nullable UniformSource uniforms,
            GenerationListener listener,
            BooleanSupplier cancellation,
            List<LogitsProcessor> processors) {
        this.prompt = prompt;
        this.config = config;
        this.attentionMask = attentionMask;
        this.negativePrompt = negativePrompt;
        this.uniforms = uniforms;
        this.listener = listener;
        this.cancellation = cancellation;
        this.processors = processors;
    }

    /**
     * A request to continue a prompt.
     *
     * @param prompt token ids, at least one
     * @param config what is not set comes from the model's own configuration
     */
    public static GenerationRequest of(int[] prompt, GenerationConfig config) {
        return new GenerationRequest(
                prompt.clone(), config, null, null, null, GenerationListener.NONE, () -> false, List.of());
    }

    /** A request without a prompt: the text starts from {@code bos_token_id}. */
    public static GenerationRequest fromStart(GenerationConfig config) {
        return new GenerationRequest(null, config, null, null, null, GenerationListener.NONE, () -> false, List.of());
    }

    /**
     * Hides prompt tokens from the model, such as left padding; the processors still see them, as in transformers.
     *
     * @param mask 0 for hidden tokens, one entry per prompt token
     */
    public GenerationRequest withAttentionMask(int[] mask) {
        return new GenerationRequest(
                prompt, config, mask.clone(), negativePrompt, uniforms, listener, cancellation, processors);
    }

    /** What guidance moves away from, instead of the prompt's last token. */
    public GenerationRequest withNegativePrompt(int[] tokens) {
        return new GenerationRequest(
                prompt, config, attentionMask, tokens.clone(), uniforms, listener, cancellation, processors);
    }

    /** Random numbers to draw with instead of those that the seed gives. */
    public GenerationRequest withUniforms(UniformSource source) {
        return new GenerationRequest(
                prompt, config, attentionMask, negativePrompt, source, listener, cancellation, processors);
    }

    /** Who is told of each token. */
    public GenerationRequest withListener(GenerationListener newListener) {
        return new GenerationRequest(
                prompt, config, attentionMask, negativePrompt, uniforms, newListener, cancellation, processors);
    }

    /**
     * Asked once per token, by whichever thread computes, so it must be quick; when it says true, generation ends with
     * what there is.
     */
    public GenerationRequest withCancellation(BooleanSupplier cancelled) {
        return new GenerationRequest(
                prompt, config, attentionMask, negativePrompt, uniforms, listener, cancelled, processors);
    }

    /** Processors of the caller's own, which run after the penalties and before the sampling filters, on whichever thread computes. */
    public GenerationRequest withProcessors(List<LogitsProcessor> custom) {
        return new GenerationRequest(
                prompt, config, attentionMask, negativePrompt, uniforms, listener, cancellation, List.copyOf(custom));
    }

    int @Nullable [] prompt() {
        return prompt;
    }

    GenerationConfig config() {
        return config;
    }

    int @Nullable [] attentionMask() {
        return attentionMask;
    }

    int @Nullable [] negativePrompt() {
        return negativePrompt;
    }

    @Nullable
    UniformSource uniforms() {
        return uniforms;
    }

    GenerationListener listener() {
        return listener;
    }

    BooleanSupplier cancellation() {
        return cancellation;
    }

    List<LogitsProcessor> processors() {
        return processors;
    }
}
