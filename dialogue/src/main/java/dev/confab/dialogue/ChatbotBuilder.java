package dev.confab.dialogue;

import dev.confab.dialogue.memory.Memory;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationOption;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Puts a chatbot together. Only the model must be given. Belongs to one thread.
 *
 * <pre>{@code
 * var bot = Chatbot.builder()
 *         .model("microsoft/DialoGPT-medium")
 *         .generation(GenerationConfig.builder().doSample(true).topP(0.9).build())
 *         .memory(Memory.ofTokens(300))
 *         .build();
 * }</pre>
 */
public final class ChatbotBuilder {
    private static final long DEFAULT_IDLE_CACHE_BYTES = 1L << 30;

    private @Nullable LanguageModel model;
    private @Nullable String modelName;
    private GenerationConfig config = GenerationConfig.empty();
    private Memory memory = Memory.defaults();
    private Fallbacks fallbacks = Fallbacks.defaults();
    private Incidents incidents = Incidents.logged();
    private InstantSource clock = InstantSource.system();
    private long idleCacheBytes = DEFAULT_IDLE_CACHE_BYTES;

    ChatbotBuilder() {}

    /** Talks through a model that stays the caller's to close. */
    public ChatbotBuilder model(LanguageModel languageModel) {
        model = languageModel;
        modelName = null;
        return this;
    }

    /**
     * Loads a model when the chatbot is built; closing the chatbot closes it.
     *
     * @param nameOrFolder a name on the Hugging Face hub, such as {@code microsoft/DialoGPT-medium}, or a folder
     */
    public ChatbotBuilder model(String nameOrFolder) {
        modelName = nameOrFolder;
        model = null;
        return this;
    }

    /** How replies are made; what it leaves out comes from the model's own settings. */
    public ChatbotBuilder generation(GenerationConfig settings) {
        config = settings;
        return this;
    }

    /** How much of a conversation the model is shown; {@link Memory#defaults} if unsaid. */
    public ChatbotBuilder memory(Memory howMuch) {
        memory = howMuch;
        return this;
    }

    /** What is said where nothing better can be; {@link Fallbacks#defaults} if unsaid. */
    public ChatbotBuilder fallbacks(Fallbacks sentences) {
        fallbacks = sentences;
        return this;
    }

    /** Who hears of failures; {@link Incidents#logged} if unsaid. */
    public ChatbotBuilder incidents(Incidents listener) {
        incidents = listener;
        return this;
    }

    /** Where the times of turns come from. */
    public ChatbotBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    /**
     * How much memory the caches of silent conversations may take together; beyond it those that have been silent
     * longest are read again when they go on.
     *
     * @param bytes 0 keeps none; one gibibyte if unsaid
     * @throws IllegalArgumentException if negative
     */
    public ChatbotBuilder idleCacheBytes(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("idleCacheBytes is " + bytes + ", expected 0 or more");
        }
        idleCacheBytes = bytes;
        return this;
    }

    /**
     * The chatbot.
     *
     * @throws IllegalStateException if no model was given
     * @throws dev.confab.engine.error.ConfabException if the model cannot be loaded, has no tokenizer or no token that
     *     ends a turn, or settings contradict each other
     */
    public Chatbot build() {
        if (model != null) {
            return build(model, false);
        }
        if (modelName == null) {
            throw new IllegalStateException("a chatbot needs a model; call model(...) first");
        }
        LanguageModel loaded = LanguageModel.fromPretrained(modelName);
        boolean built = false;
        try {
            Chatbot bot = build(loaded, true);
            built = true;
            return bot;
        } finally {
            if (!built) {
                loaded.close();
            }
        }
    }

    private Chatbot build(LanguageModel talking, boolean owned) {
        GenerationConfig complete = complete(config, talking);
        complete.validate();
        return new Chatbot(
                new Parts(talking, complete, memory, fallbacks, incidents, clock),
                new SessionCache(talking, idleCacheBytes),
                owned);
    }

    private static GenerationConfig complete(GenerationConfig config, LanguageModel model) {
        GenerationConfig known = config.over(model.generationConfig());
        var missing = GenerationConfig.builder();
        if (!known.isSet(GenerationOption.MAX_LENGTH)) {
            missing.maxLength(Chatbot.DEFAULT_MAX_LENGTH);
        }
        if (!known.isSet(GenerationOption.EOS_TOKEN_ID)) {
            missing.eosTokenId(model.tokenizer().eosTokenId());
        }
        return known.over(missing.build());
    }
}
