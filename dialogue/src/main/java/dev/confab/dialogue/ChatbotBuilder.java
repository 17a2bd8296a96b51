package dev.confab.dialogue;

import dev.confab.dialogue.filter.FilterPolicy;
import dev.confab.dialogue.filter.TextFilter;
import dev.confab.dialogue.guard.Guards;
import dev.confab.dialogue.memory.Memory;
import dev.confab.dialogue.persona.Persona;
import dev.confab.dialogue.ranking.Ranking;
import dev.confab.dialogue.skill.Skills;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationOption;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
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
    private @Nullable Persona persona;
    private @Nullable TextFilter inputFilter;
    private @Nullable TextFilter outputFilter;
    private Skills skills = Skills.none();
    private Guards guards = Guards.defaults();
    private Ranking ranking = Ranking.defaults();
    private int candidates = 1;
    private ZoneId zone = ZoneId.systemDefault();
    private Locale locale = Locale.getDefault();
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

    /** Who the chatbot is; nobody but the model if unsaid. */
    public ChatbotBuilder persona(Persona character) {
        persona = character;
        return this;
    }

    /** What looks at what people say; none if unsaid. */
    public ChatbotBuilder inputFilter(TextFilter filter) {
        inputFilter = filter;
        return this;
    }

    /**
     * What looks at what the chatbot is about to say; none if unsaid. With it a reply is handed out when it is complete,
     * as nothing may be seen that is taken back later.
     */
    public ChatbotBuilder outputFilter(TextFilter filter) {
        outputFilter = filter;
        return this;
    }

    /** Both filters of a policy; an empty one is as good as none. */
    public ChatbotBuilder filters(FilterPolicy policy) {
        inputFilter = policy.input().isEmpty() ? null : policy.input();
        outputFilter = policy.reply().isEmpty() ? null : policy.reply();
        return this;
    }

    /** What the chatbot can look up and work out; nothing if unsaid. */
    public ChatbotBuilder skills(Skills abilities) {
        skills = abilities;
        return this;
    }

    /** What keeps it from the failures of language models; {@link Guards#defaults} if unsaid. */
    public ChatbotBuilder guards(Guards keepers) {
        guards = keepers;
        return this;
    }

    /**
     * Makes several replies and gives the best. They are handed out when all are complete.
     *
     * @param number how many, 1 to {@link ConversationSettings#MOST_CANDIDATES}; 1 if unsaid
     */
    public ChatbotBuilder candidates(int number) {
        candidates = number;
        return this;
    }

    /** How candidates are ranked; {@link Ranking#defaults} if unsaid. */
    public ChatbotBuilder ranking(Ranking rankers) {
        ranking = rankers;
        return this;
    }

    /** Where people are and what they speak, for skills; as this machine's settings say if unsaid. */
    public ChatbotBuilder place(ZoneId where, Locale language) {
        zone = where;
        locale = language;
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
        return new Chatbot(
                new Parts(
                        talking,
                        memory,
                        inputFilter,
                        outputFilter,
                        skills,
                        guards,
                        ranking,
                        fallbacks,
                        incidents,
                        clock),
                new ConversationSettings(
                        complete(config, talking), Optional.ofNullable(persona), candidates, zone, locale),
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
