package dev.confab.engine.generation;

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
 * <p>Immutable and usable from any thread: the requests of all threads are generated together, in the same forward
 * passes, by this generator and all that were made from it. Each gets the result that it would get alone; in the format
 * {@code q4}, whose arithmetic is coarser for a single row, nearly so. The model stays the caller's to close.
 *
 * <pre>{@code
 * var generator = Generator.of(model);
 * int[] reply = generator.generate(prompt, GenerationConfig.builder().maxNewTokens(40).build()).sequence().tokens();
 * }</pre>
 */
public final class Generator {
    private final Gpt2 model;
    private final BatchScheduler scheduler;
    private final GenerationConfig defaults;
    private final @Nullable Supplier<Tokenizer> tokenizer;
    private final Drafting drafting;

    private Generator(
            BatchScheduler scheduler,
            GenerationConfig defaults,
            @Nullable Supplier<Tokenizer> tokenizer,
            Drafting drafting) {
        this.model = scheduler.model();
        this.scheduler = scheduler;
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
        return new Generator(
                new BatchScheduler(model, BatchLimits.defaults()), defaults.build(), null, new Drafting(null));
    }

    /** The same generator with other defaults, such as those of {@code generation_config.json}. */
    public Generator withDefaults(GenerationConfig config) {
        return new Generator(scheduler, config.over(defaults), tokenizer, drafting);
    }

    /** The same generator with the model's tokenizer, which is asked for when a request has stop strings. */
    public Generator withTokenizer(Supplier<Tokenizer> modelTokenizer) {
        return new Generator(scheduler, defaults, modelTokenizer, drafting);
    }

    /**
     * The same generator with a small model that drafts replies for it, in greedy search and sampling.
     *
     * @param draft has the same vocabulary; stays the caller's to close
     */
    public Generator withDraft(Gpt2 draft) {
        return new Generator(scheduler, defaults, tokenizer, new Drafting(draft));
    }

    /** The same generator with other limits, and with a batch of its own. */
    public Generator withLimits(BatchLimits limits) {
        return new Generator(new BatchScheduler(model, limits), defaults, tokenizer, drafting);
    }

    /** What was done and is under way, with all generators that share the batch. */
    public BatchStatistics statistics() {
        return scheduler.statistics();
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
     * @throws OverloadedException if too many calls wait already
     */
    public GenerationResult generate(int[] prompt, GenerationConfig config) {
        return generate(GenerationRequest.of(prompt, config));
    }

    /**
     * Serves one request.
     *
     * @throws GenerationException if the prompt or an option cannot be used
     * @throws OverloadedException if too many calls wait already
     */
    public GenerationResult generate(GenerationRequest request) {
        return generateAll(List.of(request)).getFirst();
    }

    /**
     * Serves several requests side by side: their tokens are read in the same forward passes, without padding, and each
     * gets the result that it would get alone. If one fails, the others are given up.
     *
     * @return one result per request, in their order
     * @throws GenerationException if a prompt or an option cannot be used
     * @throws OverloadedException if too many calls wait already
     */
    public List<GenerationResult> generateAll(List<GenerationRequest> requests) {
        List<Job> jobs = new ArrayList<>(requests.size());
        for (GenerationRequest request : requests) {
            jobs.add(job(request, new CachedTokens(model), false));
        }
        return scheduler.serve(jobs);
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

    /** Serves a request with a cache that is kept. */
    GenerationResult generate(GenerationRequest request, CachedTokens cached) {
        return scheduler.serve(List.of(job(request, cached, true))).getFirst();
    }

    /** Who looks after the caches. */
    BatchScheduler scheduler() {
        return scheduler;
    }

    private Job job(GenerationRequest request, CachedTokens cached, boolean keepsCache) {
        var events = new TokenEvents(request.listener());
        PreparedRequest prepared = PreparedRequest.of(request.withListener(events), model, defaults, tokenizer);
        if (drafting.model() != null) {
            GenerationConfigRules.checkAssisted(prepared.config(), "a draft model");
        }
        return new Job(prepared, events, cached, keepsCache, drafting);
    }
}
