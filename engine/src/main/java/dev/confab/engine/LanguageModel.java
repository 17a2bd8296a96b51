package dev.confab.engine;

import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationConfigJson;
import dev.confab.engine.generation.GenerationListener;
import dev.confab.engine.generation.GenerationRequest;
import dev.confab.engine.generation.GenerationResult;
import dev.confab.engine.generation.Generator;
import dev.confab.engine.generation.Session;
import dev.confab.engine.hub.ModelFiles;
import dev.confab.engine.hub.Progress;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.model.Gpt2Loader;
import dev.confab.engine.model.LoadOptions;
import dev.confab.engine.model.WeightCache;
import dev.confab.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A language model of the GPT-2 family with its tokenizer, ready to generate. Usable from any thread: the requests of
 * all threads are generated together. Close it to give its memory back.
 *
 * <pre>{@code
 * try (var model = LanguageModel.fromPretrained("microsoft/DialoGPT-medium")) {
 *     int[] prompt = model.tokenizer().encode("Does money buy happiness?" + model.tokenizer().eosToken());
 *     int[] all = model.generate(prompt, GenerationConfig.builder().maxLength(1000).build());
 *     System.out.println(model.tokenizer().decode(Tokens.from(all, prompt.length), SKIP_SPECIAL_TOKENS));
 * }
 * }</pre>
 */
public final class LanguageModel implements AutoCloseable {
    /** The folder of converted weights, beside the hub's cache. */
    private static final String WEIGHT_CACHE_FOLDER = "confab-weights";

    private final Gpt2 model;
    private final ModelSource source;
    private final GenerationConfig generationConfig;
    private final Generator generator;
    private @Nullable Tokenizer tokenizer;

    private LanguageModel(Gpt2 model, ModelSource source) {
        this.model = model;
        this.source = source;
        this.generationConfig = generationConfig(source);
        this.generator = Generator.of(model).withDefaults(generationConfig).withTokenizer(this::tokenizer);
    }

    /**
     * Loads a model with what suits this machine.
     *
     * @param nameOrFolder a name on the Hugging Face hub, such as {@code microsoft/DialoGPT-medium}, which is downloaded
     *     once; or a folder with a checkpoint's files, or one of its weight files; or a folder with an adapter, which is
     *     merged into the model that it names as its base
     * @throws dev.confab.engine.error.ConfabException if it cannot be found, read or run
     */
    public static LanguageModel fromPretrained(String nameOrFolder) {
        return load(nameOrFolder, ModelOptions.defaults());
    }

    /**
     * Loads a model as the options say.
     *
     * @param nameOrFolder as for {@link #fromPretrained}
     * @throws dev.confab.engine.error.ConfabException if it cannot be found, read or run
     */
    public static LanguageModel load(String nameOrFolder, ModelOptions options) {
        var source = ModelSource.resolve(
                nameOrFolder, options.revision(), ModelFiles.MODEL, options.hub(), options.progress());
        return new LanguageModel(loadWeights(nameOrFolder, source, options), source);
    }

    private static Gpt2 loadWeights(String name, ModelSource source, ModelOptions options) {
        Progress progress = options.progress();
        LoadOptions loadOptions = loadOptions(options);
        progress.started("loading " + name, Gpt2Loader.workingBytes(source.config(), loadOptions));
        try {
            return Gpt2Loader.load(source.weights(), source.readAdapter(), loadOptions);
        } finally {
            progress.finished();
        }
    }

    static LoadOptions loadOptions(ModelOptions options) {
        Path cacheFolder = options.hub().cacheFolder().resolveSibling(WEIGHT_CACHE_FOLDER);
        Optional<WeightCache> cache = options.weightCacheBytes() == 0
                ? Optional.empty()
                : Optional.of(new WeightCache(cacheFolder, options.weightCacheBytes()));
        return new LoadOptions(
                options.weights(),
                options.threads(),
                options.kernels(),
                options.keyValueBytes(),
                cache,
                bytes -> options.progress().advanced(bytes));
    }

    private static GenerationConfig generationConfig(ModelSource source) {
        Optional<Path> file = source.file(GenerationConfigJson.FILE_NAME);
        try {
            return file.isPresent() ? GenerationConfigJson.read(file.get()) : GenerationConfig.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model's architecture. */
    public Gpt2Config config() {
        return model.config();
    }

    /** The model itself, for forward passes of one's own. */
    public Gpt2 model() {
        return model;
    }

    /**
     * The checkpoint's tokenizer, read when first asked for.
     *
     * @throws dev.confab.engine.error.ConfabException if the checkpoint's folder has none
     */
    public synchronized Tokenizer tokenizer() {
        if (tokenizer == null) {
            tokenizer = Tokenizer.load(source.tokenizerFolder());
        }
        return tokenizer;
    }

    /** The generation settings that the checkpoint brings; empty if it has none. */
    public GenerationConfig generationConfig() {
        return generationConfig;
    }

    /**
     * What generates with this model: for batches of prompts, draft models and scores. Its defaults are the checkpoint's
     * settings.
     */
    public Generator generator() {
        return generator;
    }

    /** A session whose prompts share their beginnings, as the turns of a conversation do; to be closed. */
    public Session newSession() {
        return generator.newSession();
    }

    /**
     * Continues a prompt, and returns the prompt and the reply in one as transformers does.
     *
     * @param config what is not set comes from the checkpoint's settings
     * @throws dev.confab.engine.generation.GenerationException if the prompt or an option cannot be used
     */
    public int[] generate(int[] prompt, GenerationConfig config) {
        return Tokens.concat(
                prompt, generator.generate(prompt, config).sequence().tokens());
    }

    /**
     * Continues a prompt, telling a listener of each token as soon as it is final.
     *
     * @param config what is not set comes from the checkpoint's settings
     * @throws dev.confab.engine.generation.GenerationException if the prompt or an option cannot be used
     */
    public GenerationResult generate(int[] prompt, GenerationConfig config, GenerationListener listener) {
        return generator.generate(GenerationRequest.of(prompt, config).withListener(listener));
    }

    @Override
    public void close() {
        model.close();
    }
}
