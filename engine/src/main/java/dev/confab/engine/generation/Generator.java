package dev.confab.engine.generation;

import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Continues prompts with a model, by any of the strategies of {@link GenerationMode}.
 *
 * <p>Immutable and usable from any thread; forward passes of concurrent calls take turns, and each call has caches of
 * its own. The model stays the caller's to close.
 *
 * <pre>{@code
 * var generator = Generator.of(model);
 * int[] reply = generator.generate(prompt, GenerationConfig.builder().maxNewTokens(40).build()).sequence().tokens();
 * }</pre>
 */
public final class Generator {
    private final Gpt2 model;
    private final GenerationConfig defaults;
    private final @Nullable Supplier<Tokenizer> tokenizer;
    private final Drafting drafting;

    private Generator(
            Gpt2 model, GenerationConfig defaults, @Nullable Supplier<Tokenizer> tokenizer, Drafting drafting) {
        this.model = model;
        this.defaults = defaults;
        this.tokenizer = tokenizer;
        this.drafting = drafting;
    }

    /** A generator whose defaults are transformers' and the special tokens of the model's {@code config.json}. */
    public static Generator of(Gpt2 model) {
        Gpt2Config architecture = model.config();
        GenerationConfigBuilder defaults = GenerationConfig.builder();
        architecture.bosTokenId().ifPresent(defaults::bosTokenId);
        architecture.eosTokenId().ifPresent(defaults::eosTokenId);
        return new Generator(model, defaults.build(), null, new Drafting(null));
    }

    /** The same generator with other defaults, such as those of {@code generation_config.json}. */
    public Generator withDefaults(GenerationConfig config) {
        return new Generator(model, config.over(defaults), tokenizer, drafting);
    }

    /** The same generator with the model's tokenizer, which is asked for when a request has stop strings. */
    public Generator withTokenizer(Supplier<Tokenizer> modelTokenizer) {
        return new Generator(model, defaults, modelTokenizer, drafting);
    }

    /**
     * The same generator with a small model that drafts replies for it, in greedy search and sampling.
     *
     * @param draft has the same vocabulary; stays the caller's to close
     */
    public Generator withDraft(Gpt2 draft) {
        return new Generator(model, defaults, tokenizer, new Drafting(draft));
    }

    /** The model. */
    public Gpt2 model() {
        return model;
    }

    /** The options that hold where a request sets none. */
    public GenerationConfig defaults() {
        return defaults;
    }

    /** A session whose prompts share their beginnings. */
    public Session newSession() {
        return new Session(this);
    }

    /**
     * Continues one prompt.
     *
     * @throws GenerationException if the prompt or an option cannot be used
     */
    public GenerationResult generate(int[] prompt, GenerationConfig config) {
        return generate(GenerationRequest.of(prompt, config));
    }

    /**
     * Serves one request.
     *
     * @throws GenerationException if the prompt or an option cannot be used
     */
    public GenerationResult generate(GenerationRequest request) {
        return generateAll(List.of(request)).getFirst();
    }

    /**
     * Serves several requests side by side: their tokens are read in the same forward passes, without padding, and each
     * gets the result that it would get alone.
     *
     * @return one result per request, in their order
     * @throws GenerationException if a prompt or an option cannot be used
     */
    public List<GenerationResult> generateAll(List<GenerationRequest> requests) {
        List<PreparedRequest> prepared = requests.stream().map(this::prepare).toList();
        List<CachedTokens> caches = new ArrayList<>();
        try {
            for (int i = 0; i < prepared.size(); i++) {
                caches.add(new CachedTokens(model));
            }
            return run(prepared, caches);
        } finally {
            caches.forEach(CachedTokens::close);
        }
    }

    /**
     * The log-probability of each token of a continuation, given what stands before it: how likely the model finds a
     * reply, or with a model trained on reversed turns a question.
     *
     * @param context at least one token
     * @param continuation at least one token
     * @throws GenerationException if a token is unknown, or both together are longer than the model's positions
     */
    public double[] logProbabilities(int[] context, int[] continuation) {
        return Likelihood.logProbabilities(model, context, continuation);
    }

    PreparedRequest prepare(GenerationRequest request) {
        PreparedRequest prepared = PreparedRequest.of(request, model, defaults, tokenizer);
        if (drafting.model() != null) {
            GenerationConfigRules.checkAssisted(prepared.config(), "a draft model");
        }
        return prepared;
    }

    List<GenerationResult> run(List<PreparedRequest> requests, List<CachedTokens> caches) {
        List<Run> runs = new ArrayList<>();
        boolean complete = false;
        try {
            for (int i = 0; i < requests.size(); i++) {
                runs.add(Run.start(requests.get(i), caches.get(i), drafting));
            }
            step(runs);
            List<GenerationResult> results = runs.stream().map(Run::result).toList();
            complete = true;
            return results;
        } finally {
            runs.forEach(Run::close);
            if (!complete) {
                caches.forEach(CachedTokens::clear);
            }
        }
    }

    private void step(List<Run> runs) {
        var batch = new ForwardBatch();
        for (List<Run> live = live(runs); !live.isEmpty(); live = live(live)) {
            batch.clear();
            for (int i = 0; i < live.size(); i++) {
                live.get(i).enqueue(batch);
            }
            model.forward(batch);
            for (int i = 0; i < live.size(); i++) {
                live.get(i).advance(batch);
            }
        }
    }

    private static List<Run> live(List<Run> runs) {
        for (int i = 0; i < runs.size(); i++) {
            if (runs.get(i).done()) {
                return runs.stream().filter(run -> !run.done()).toList();
            }
        }
        return runs;
    }
}
