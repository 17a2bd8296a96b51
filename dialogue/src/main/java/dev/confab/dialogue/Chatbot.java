package dev.confab.dialogue;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationOption;

/**
 * A language model that people talk to. Usable from any thread; each person gets a {@link Conversation} of their own.
 *
 * <pre>{@code
 * try (var bot = Chatbot.fromPretrained("microsoft/DialoGPT-medium")) {
 *     var conversation = bot.newConversation();
 *     System.out.println(conversation.say("Does money buy happiness?").text());
 * }
 * }</pre>
 */
public final class Chatbot implements AutoCloseable {
    /** The longest conversation in tokens, its next reply included, unless a configuration says otherwise. */
    public static final int DEFAULT_MAX_LENGTH = 1000;

    private final LanguageModel model;
    private final GenerationConfig config;
    private final boolean ownsModel;

    private Chatbot(LanguageModel model, GenerationConfig config, boolean ownsModel) {
        this.model = model;
        this.config = config;
        this.ownsModel = ownsModel;
    }

    /**
     * Loads a model to talk to; closing the chatbot closes it.
     *
     * @param nameOrFolder a name on the Hugging Face hub, such as {@code microsoft/DialoGPT-medium}, or a folder
     * @throws dev.confab.engine.error.ConfabException if it cannot be found, read or run
     */
    public static Chatbot fromPretrained(String nameOrFolder) {
        LanguageModel model = LanguageModel.fromPretrained(nameOrFolder);
        return new Chatbot(model, complete(GenerationConfig.empty(), model), true);
    }

    /**
     * Talks through a model that stays the caller's to close.
     *
     * @throws dev.confab.engine.error.ConfabException if the model has no tokenizer, or no token that ends a turn
     */
    public static Chatbot of(LanguageModel model) {
        return of(model, GenerationConfig.empty());
    }

    /**
     * Talks through a model that stays the caller's to close.
     *
     * @param config how replies are made; what it leaves out comes from the model's own settings
     * @throws dev.confab.engine.error.ConfabException if settings contradict each other, or the model has no tokenizer,
     *     or no token that ends a turn
     */
    public static Chatbot of(LanguageModel model, GenerationConfig config) {
        GenerationConfig complete = complete(config, model);
        complete.validate();
        return new Chatbot(model, complete, false);
    }

    private static GenerationConfig complete(GenerationConfig config, LanguageModel model) {
        GenerationConfig known = config.over(model.generationConfig());
        var missing = GenerationConfig.builder();
        if (!known.isSet(GenerationOption.MAX_LENGTH)) {
            missing.maxLength(DEFAULT_MAX_LENGTH);
        }
        if (!known.isSet(GenerationOption.EOS_TOKEN_ID)) {
            missing.eosTokenId(model.tokenizer().eosTokenId());
        }
        return known.over(missing.build());
    }

    /** A conversation in which nothing was said yet. */
    public Conversation newConversation() {
        return new Conversation(model, config);
    }

    /** The model behind the chatbot. */
    public LanguageModel model() {
        return model;
    }

    /** How replies are made. */
    public GenerationConfig generationConfig() {
        return config;
    }

    @Override
    public void close() {
        if (ownsModel) {
            model.close();
        }
    }
}
