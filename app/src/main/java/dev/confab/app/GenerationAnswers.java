package dev.confab.app;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GeneratedSequence;
import dev.confab.engine.generation.GenerationListener;
import dev.confab.engine.generation.GenerationRequest;
import dev.confab.engine.generation.GenerationResult;
import dev.confab.engine.generation.Session;
import dev.confab.engine.generation.UniformSource;
import dev.confab.engine.tokenizer.DecodeOption;
import dev.confab.engine.tokenizer.Tokenizer;
import dev.confab.engine.tokenizer.TokenizerException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers the inputs of {@code confab generate} with a model, one after the other. */
final class GenerationAnswers {
    private final LanguageModel model;
    private final Optional<Tokenizer> tokenizer;

    /**
     * Answers with a model. One without a tokenizer answers prompts of token ids, and gives no texts.
     *
     * @param notices told once why there are no texts
     */
    GenerationAnswers(LanguageModel model, Consumer<String> notices) {
        this.model = model;
        this.tokenizer = tokenizer(model, notices);
    }

    private static Optional<Tokenizer> tokenizer(LanguageModel model, Consumer<String> notices) {
        try {
            return Optional.of(model.tokenizer());
        } catch (TokenizerException e) {
            notices.accept("no texts, token ids only: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The machine-readable answer. */
    ObjectNode answer(GenerationInput input) {
        GenerationResult result = generate(input, GenerationListener.NONE);
        int[] prompt = prompt(input);
        ObjectNode answer = Json.object();
        answer.set("prompt_ids", Json.array(prompt));
        putSequences(answer, result, input.config().outputScores());
        if (result.draftTokensProposed() > 0) {
            answer.putObject("draft_tokens")
                    .put("proposed", result.draftTokensProposed())
                    .put("accepted", result.draftTokensAccepted());
        }
        if (input.logits().length > 0 || input.hiddenStates()) {
            new PromptReading(model.model()).describe(prompt, input, answer);
        }
        answer.putObject("timings")
                .put("prefill_ms", milliseconds(result.prefill()))
                .put("decode_ms", milliseconds(result.decode()))
                .put("tokens_per_second", result.tokensPerSecond());
        return answer;
    }

    /** Generates, telling a listener of each token. */
    GenerationResult generate(GenerationInput input, GenerationListener listener) {
        int[] prompt = prompt(input);
        GenerationRequest request = input.prompt() == null && input.promptIds() == null
                ? GenerationRequest.fromStart(input.config())
                : GenerationRequest.of(prompt, input.config());
        request = request.withListener(listener);
        if (input.uniforms() != null) {
            request = request.withUniforms(UniformSource.of(input.uniforms()));
        }
        if (input.attentionMask() != null) {
            request = request.withAttentionMask(input.attentionMask());
        }
        if (input.negativePromptIds() != null) {
            request = request.withNegativePrompt(input.negativePromptIds());
        }
        try (Session session = model.newSession()) {
            return session.generate(request);
        }
    }

    /** The text of a reply's ids. */
    String text(int[] ids) {
        return requireTokenizer().decode(ids, DecodeOption.SKIP_SPECIAL_TOKENS);
    }

    /** The model's tokenizer, where text goes in or out. */
    Tokenizer requireTokenizer() {
        return tokenizer.orElseGet(model::tokenizer);
    }

    private int[] prompt(GenerationInput input) {
        if (input.prompt() != null) {
            return requireTokenizer().encode(input.prompt());
        }
        return input.promptIds() == null ? new int[0] : input.promptIds();
    }

    private void putSequences(ObjectNode answer, GenerationResult result, boolean logProbabilities) {
        ArrayNode sequences = answer.putArray("sequences");
        ArrayNode texts = answer.putArray("texts");
        ArrayNode scores = answer.putArray("scores");
        ArrayNode reasons = answer.putArray("finish_reasons");
        ArrayNode probabilities = logProbabilities ? answer.putArray("log_probabilities") : null;
        for (GeneratedSequence sequence : result.sequences()) {
            sequences.add(Json.array(sequence.tokens()));
            if (tokenizer.isPresent()) {
                texts.add(text(sequence.tokens()));
            }
            if (Double.isNaN(sequence.score())) {
                scores.addNull();
            } else {
                scores.add(sequence.score());
            }
            reasons.add(sequence.finishReason().text());
            if (probabilities != null) {
                probabilities.add(Json.array(sequence.logProbabilities()));
            }
        }
    }

    private static double milliseconds(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
