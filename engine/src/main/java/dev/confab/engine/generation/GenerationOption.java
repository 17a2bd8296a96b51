package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.SequenceBias;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One option of generation: its name and default in transformers 4.45.1, and how its value is read and written.
 *
 * <p>Two options are not in that version: {@code top_h} comes from a later one, {@code seed} is ours. Immutable.
 *
 * @param <T> the value's type
 */
public final class GenerationOption<T> {
    private static final Map<String, GenerationOption<?>> BY_NAME = new LinkedHashMap<>();
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** The greatest length, prompt included; {@code max_new_tokens} wins over it. */
    public static final GenerationOption<Integer> MAX_LENGTH = of("max_length", OptionKind.INTEGER, 20);
    /** The most tokens after the prompt. */
    public static final GenerationOption<Integer> MAX_NEW_TOKENS = of("max_new_tokens", OptionKind.INTEGER);
    /** The shortest length, prompt included, before the end may come. */
    public static final GenerationOption<Integer> MIN_LENGTH = of("min_length", OptionKind.INTEGER, 0);
    /** The fewest tokens after the prompt before the end may come. */
    public static final GenerationOption<Integer> MIN_NEW_TOKENS = of("min_new_tokens", OptionKind.INTEGER);
    /** When a beam search stops. */
    public static final GenerationOption<EarlyStopping> EARLY_STOPPING =
            of("early_stopping", OptionKind.EARLY_STOPPING, EarlyStopping.FALSE);
    /** Seconds after which generation stops. */
    public static final GenerationOption<Double> MAX_TIME = of("max_time", OptionKind.NUMBER);
    /** Texts that end the reply; they stay in it. */
    public static final GenerationOption<List<String>> STOP_STRINGS = of("stop_strings", OptionKind.STRINGS);
    /** Whether tokens are drawn at random. */
    public static final GenerationOption<Boolean> DO_SAMPLE = of("do_sample", OptionKind.FLAG, false);
    /** How many sequences a beam search grows. */
    public static final GenerationOption<Integer> NUM_BEAMS = of("num_beams", OptionKind.INTEGER, 1);
    /** In how many groups the beams are divided. */
    public static final GenerationOption<Integer> NUM_BEAM_GROUPS = of("num_beam_groups", OptionKind.INTEGER, 1);
    /** The weight of the degeneration penalty in contrastive search. */
    public static final GenerationOption<Double> PENALTY_ALPHA = of("penalty_alpha", OptionKind.NUMBER);
    /** Accepted for compatibility: the key-value cache is always used, with the same result. */
    public static final GenerationOption<Boolean> USE_CACHE = of("use_cache", OptionKind.FLAG, true);
    /** What scores are divided by before drawing. */
    public static final GenerationOption<Double> TEMPERATURE = of("temperature", OptionKind.NUMBER, 1.0);
    /** How many of the best tokens may be drawn; 0 for all. */
    public static final GenerationOption<Integer> TOP_K = of("top_k", OptionKind.INTEGER, 50, 0);
    /** The probability mass of the best tokens that may be drawn. */
    public static final GenerationOption<Double> TOP_P = of("top_p", OptionKind.NUMBER, 1.0);
    /** The least probability, as a share of the greatest one. */
    public static final GenerationOption<Double> MIN_P = of("min_p", OptionKind.NUMBER);
    /** The share of the entropy that the best tokens may use up. */
    public static final GenerationOption<Double> TOP_H = of("top_h", OptionKind.NUMBER);
    /** The probability mass of the tokens of most typical surprise. */
    public static final GenerationOption<Double> TYPICAL_P = of("typical_p", OptionKind.NUMBER, 1.0);
    /** The least probability. */
    public static final GenerationOption<Double> EPSILON_CUTOFF = of("epsilon_cutoff", OptionKind.NUMBER, 0.0);
    /** The least probability, lower where the entropy is high. */
    public static final GenerationOption<Double> ETA_CUTOFF = of("eta_cutoff", OptionKind.NUMBER, 0.0);
    /** What a group of beams loses for each token that an earlier group has taken in the same step. */
    public static final GenerationOption<Double> DIVERSITY_PENALTY = of("diversity_penalty", OptionKind.NUMBER, 0.0);
    /** What makes tokens of the sequence less likely (above 1) or more (below 1). */
    public static final GenerationOption<Double> REPETITION_PENALTY = of("repetition_penalty", OptionKind.NUMBER, 1.0);
    /** What makes tokens of the prompt more likely (above 1) or less (below 1). */
    public static final GenerationOption<Double> ENCODER_REPETITION_PENALTY =
            of("encoder_repetition_penalty", OptionKind.NUMBER, 1.0);
    /** The power of the length that a beam's score is divided by. */
    public static final GenerationOption<Double> LENGTH_PENALTY = of("length_penalty", OptionKind.NUMBER, 1.0);
    /** The length of the n-grams that may occur once; 0 for no limit. */
    public static final GenerationOption<Integer> NO_REPEAT_NGRAM_SIZE =
            of("no_repeat_ngram_size", OptionKind.INTEGER, 0);
    /** The length of the prompt's n-grams that may not occur again; 0 for no limit. */
    public static final GenerationOption<Integer> ENCODER_NO_REPEAT_NGRAM_SIZE =
            of("encoder_no_repeat_ngram_size", OptionKind.INTEGER, 0);
    /** Token sequences that may not occur. */
    public static final GenerationOption<List<List<Integer>>> BAD_WORDS_IDS = of("bad_words_ids", OptionKind.SEQUENCES);
    /** Words that must occur, each as a list of alternatives. */
    public static final GenerationOption<List<List<List<Integer>>>> FORCE_WORDS_IDS =
            of("force_words_ids", OptionKind.FORCED_WORDS);
    /** Whether scores are normalised after all processors. */
    public static final GenerationOption<Boolean> RENORMALIZE_LOGITS = of("renormalize_logits", OptionKind.FLAG, false);
    /** The token that follows a prompt of one token. */
    public static final GenerationOption<Integer> FORCED_BOS_TOKEN_ID = of("forced_bos_token_id", OptionKind.INTEGER);
    /** The tokens of which one stands in the last place when the greatest length is reached. */
    public static final GenerationOption<List<Integer>> FORCED_EOS_TOKEN_ID =
            of("forced_eos_token_id", OptionKind.TOKENS);
    /** Whether scores that are infinite or not a number are replaced. */
    public static final GenerationOption<Boolean> REMOVE_INVALID_VALUES =
            of("remove_invalid_values", OptionKind.FLAG, false);
    /** A growing preference for the end. */
    public static final GenerationOption<LengthDecay> EXPONENTIAL_DECAY_LENGTH_PENALTY =
            of("exponential_decay_length_penalty", OptionKind.LENGTH_DECAY);
    /** Tokens that may not occur. */
    public static final GenerationOption<List<Integer>> SUPPRESS_TOKENS = of("suppress_tokens", OptionKind.TOKENS);
    /** Tokens that the reply may not begin with. */
    public static final GenerationOption<List<Integer>> BEGIN_SUPPRESS_TOKENS =
            of("begin_suppress_tokens", OptionKind.TOKENS);
    /** Token sequences and what is added to the score of their last token. */
    public static final GenerationOption<List<SequenceBias.Biased>> SEQUENCE_BIAS =
            of("sequence_bias", OptionKind.BIASES);
    /** How far the scores move away from those without the prompt; 1 for not at all. */
    public static final GenerationOption<Double> GUIDANCE_SCALE = of("guidance_scale", OptionKind.NUMBER);
    /** How many tokens prompt lookup proposes at a time; unset for none. */
    public static final GenerationOption<Integer> PROMPT_LOOKUP_NUM_TOKENS =
            of("prompt_lookup_num_tokens", OptionKind.INTEGER);
    /** The longest n-gram that prompt lookup searches the text for. */
    public static final GenerationOption<Integer> MAX_MATCHING_NGRAM_SIZE =
            of("max_matching_ngram_size", OptionKind.INTEGER, 2);
    /** How many tokens a draft model proposes at a time. */
    public static final GenerationOption<Integer> NUM_ASSISTANT_TOKENS =
            of("num_assistant_tokens", OptionKind.INTEGER, 5);
    /** How many sequences are returned for a prompt. */
    public static final GenerationOption<Integer> NUM_RETURN_SEQUENCES =
            of("num_return_sequences", OptionKind.INTEGER, 1);
    /** Whether the log-probability of each generated token is returned. */
    public static final GenerationOption<Boolean> OUTPUT_SCORES = of("output_scores", OptionKind.FLAG, false);
    /** The padding token; the first end-of-sequence token where it is unset. */
    public static final GenerationOption<Integer> PAD_TOKEN_ID = of("pad_token_id", OptionKind.INTEGER);
    /** The token that an absent prompt is replaced by. */
    public static final GenerationOption<Integer> BOS_TOKEN_ID = of("bos_token_id", OptionKind.INTEGER);
    /** The tokens that end a sequence; an empty list for none. */
    public static final GenerationOption<List<Integer>> EOS_TOKEN_ID =
            of("eos_token_id", OptionKind.TOKENS, null, List.of());
    /** The seed of the random numbers that sampling uses; unset for a new one each time. */
    public static final GenerationOption<Long> SEED = of("seed", OptionKind.LONG);

    private final String name;
    private final OptionKind<T> kind;
    private final @Nullable T defaultValue;
    private final @Nullable T whenNull;

    private GenerationOption(String name, OptionKind<T> kind, @Nullable T defaultValue, @Nullable T whenNull) {
        this.name = name;
        this.kind = kind;
        this.defaultValue = defaultValue;
        this.whenNull = whenNull;
    }

    private static <T> GenerationOption<T> of(String name, OptionKind<T> kind) {
        return of(name, kind, null, null);
    }

    private static <T> GenerationOption<T> of(String name, OptionKind<T> kind, T defaultValue) {
        return of(name, kind, defaultValue, defaultValue);
    }

    private static <T> GenerationOption<T> of(
            String name, OptionKind<T> kind, @Nullable T defaultValue, @Nullable T whenNull) {
        var option = new GenerationOption<T>(name, kind, defaultValue, whenNull);
        BY_NAME.put(name, option);
        return option;
    }

    /** All options, in the order of this file. */
    public static List<GenerationOption<?>> all() {
        return List.copyOf(BY_NAME.values());
    }

    /** All options by name. */
    static Map<String, GenerationOption<?>> byName() {
        return Collections.unmodifiableMap(BY_NAME);
    }

    /** The name in transformers, such as {@code "max_new_tokens"}. */
    public String name() {
        return name;
    }

    /** The name on a command line, such as {@code "--max-new-tokens"}. */
    public String flag() {
        return "--" + name.replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** What a value must look like, such as "a whole number". */
    public String valid() {
        return kind.valid();
    }

    /** Whether the option is switched on or off and needs no value on a command line. */
    public boolean isFlag() {
        return kind.isFlag();
    }

    /** The value where nothing is set, perhaps none. */
    public @Nullable T defaultValue() {
        return defaultValue;
    }

    /**
     * A value from a command line or an environment variable: JSON, or a bare text where the option takes texts.
     *
     * @throws GenerationException if the text is not a value of this option
     */
    public T parse(String text) {
        JsonNode node;
        try {
            node = kind.equals(OptionKind.STRINGS) && !text.startsWith("[")
                    ? JsonNodeFactory.instance.stringNode(text)
                    : MAPPER.readTree(text);
        } catch (JacksonException e) {
            node = JsonNodeFactory.instance.stringNode(text);
        }
        return read(node);
    }

    /** The value in JSON. */
    T read(JsonNode node) {
        T value = kind.read().apply(node);
        if (value == null) {
            throw GenerationException.invalid(name, node, kind.valid());
        }
        return value;
    }

    /** What an explicit null in a request means: the option is off. */
    @Nullable
    T whenNull() {
        return whenNull;
    }

    JsonNode write(T value) {
        return kind.write().apply(value);
    }

    @Override
    public String toString() {
        return name;
    }
}
