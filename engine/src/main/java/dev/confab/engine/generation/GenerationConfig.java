package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.SequenceBias;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The options of generation, with transformers' names, defaults and meaning.
 *
 * <p>An option that was not set is distinguished from one that was set to its default, so that configurations can be
 * laid over each other: what the caller sets wins over the model's {@code generation_config.json}. Immutable.
 *
 * <pre>{@code
 * var config = GenerationConfig.builder().maxLength(1000).doSample(true).topP(0.9).build();
 * }</pre>
 */
public final class GenerationConfig {
    private static final GenerationConfig EMPTY = builder().build();

    private final Map<GenerationOption<?>, Object> values;
    private final Map<String, JsonNode> unknown;

    GenerationConfig(Map<GenerationOption<?>, Object> values, Map<String, JsonNode> unknown) {
        this.values = new LinkedHashMap<>(values);
        this.unknown = new LinkedHashMap<>(unknown);
    }

    /** A configuration in which nothing is set. */
    public static GenerationConfig empty() {
        return EMPTY;
    }

    /** A builder in which nothing is set. */
    public static GenerationConfigBuilder builder() {
        return new GenerationConfigBuilder();
    }

    /**
     * The options of one request, such as a line of {@code confab generate --batch}, with transformers' names.
     *
     * <p>An explicit null switches an option off: {@code "eos_token_id": null} generates past the end.
     *
     * @param request an object
     * @param besides names in it that are no options
     * @throws GenerationException if a name is unknown or a value is of the wrong kind
     */
    public static GenerationConfig fromJson(JsonNode request, Set<String> besides) {
        return GenerationConfigJson.fromRequest(request, besides);
    }

    /** A builder that starts from this configuration. */
    public GenerationConfigBuilder toBuilder() {
        return new GenerationConfigBuilder(this);
    }

    /** This configuration laid over another: what is set here wins, what is not set comes from there. */
    public GenerationConfig over(GenerationConfig base) {
        return new GenerationConfig(merge(base.values, values), merge(base.unknown, unknown));
    }

    /** Whether the option was set, be it to its default. */
    public boolean isSet(GenerationOption<?> option) {
        return values.containsKey(option);
    }

    /** What was set, or the option's default, or null if it has none. */
    @SuppressWarnings("unchecked") // a value is stored under the option of its type only
    public <T> @Nullable T get(GenerationOption<T> option) {
        Object value = values.get(option);
        return value != null ? (T) value : option.defaultValue();
    }

    /** The strategy that these options select, by transformers' rules. */
    public GenerationMode mode() {
        if (forceWordsIds() != null) {
            return GenerationMode.CONSTRAINED_BEAM_SEARCH;
        }
        if (numBeams() > 1) {
            return numBeamGroups() > 1
                    ? GenerationMode.GROUP_BEAM_SEARCH
                    : doSample() ? GenerationMode.BEAM_SAMPLE : GenerationMode.BEAM_SEARCH;
        }
        if (doSample()) {
            return GenerationMode.SAMPLE;
        }
        Double alpha = penaltyAlpha();
        return topK() > 1 && alpha != null && alpha > 0
                ? GenerationMode.CONTRASTIVE_SEARCH
                : GenerationMode.GREEDY_SEARCH;
    }

    /**
     * Refuses values that are out of range and options that contradict each other, as transformers 4.45.1 does.
     *
     * @throws GenerationException with the option's name, its value and what would be valid
     */
    public void validate() {
        GenerationConfigRules.check(this);
    }

    /** Options that have no effect in the selected mode, as sentences for a person; empty if there are none. */
    public List<String> warnings() {
        return GenerationConfigRules.warnings(this);
    }

    Map<GenerationOption<?>, Object> values() {
        return values;
    }

    Map<String, JsonNode> unknown() {
        return unknown;
    }

    private static <K, V> Map<K, V> merge(Map<K, V> base, Map<K, V> over) {
        Map<K, V> merged = new LinkedHashMap<>(base);
        merged.putAll(over);
        return merged;
    }

    private <T> T getOrDefault(GenerationOption<T> option) {
        return Objects.requireNonNull(get(option), option.name());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GenerationConfig that && values.equals(that.values) && unknown.equals(that.unknown);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values, unknown);
    }

    /** What is set, such as {@code {max_length=1000, do_sample=true}}. */
    @Override
    public String toString() {
        return values.toString();
    }

    /** The greatest length, prompt included; {@code max_new_tokens} wins over it. */
    public int maxLength() {
        return getOrDefault(GenerationOption.MAX_LENGTH);
    }

    /** The most tokens after the prompt. */
    public @Nullable Integer maxNewTokens() {
        return get(GenerationOption.MAX_NEW_TOKENS);
    }

    /** The shortest length, prompt included, before the end may come. */
    public int minLength() {
        return getOrDefault(GenerationOption.MIN_LENGTH);
    }

    /** The fewest tokens after the prompt before the end may come. */
    public @Nullable Integer minNewTokens() {
        return get(GenerationOption.MIN_NEW_TOKENS);
    }

    /** When a beam search stops. */
    public EarlyStopping earlyStopping() {
        return getOrDefault(GenerationOption.EARLY_STOPPING);
    }

    /** Seconds after which generation stops. */
    public @Nullable Double maxTime() {
        return get(GenerationOption.MAX_TIME);
    }

    /** Texts that end the reply; they stay in it. */
    public @Nullable List<String> stopStrings() {
        return get(GenerationOption.STOP_STRINGS);
    }

    /** Whether tokens are drawn at random. */
    public boolean doSample() {
        return getOrDefault(GenerationOption.DO_SAMPLE);
    }

    /** How many sequences a beam search grows. */
    public int numBeams() {
        return getOrDefault(GenerationOption.NUM_BEAMS);
    }

    /** In how many groups the beams are divided. */
    public int numBeamGroups() {
        return getOrDefault(GenerationOption.NUM_BEAM_GROUPS);
    }

    /** The weight of the degeneration penalty in contrastive search. */
    public @Nullable Double penaltyAlpha() {
        return get(GenerationOption.PENALTY_ALPHA);
    }

    /** Accepted for compatibility: the key-value cache is always used, with the same result. */
    public boolean useCache() {
        return getOrDefault(GenerationOption.USE_CACHE);
    }

    /** What scores are divided by before drawing. */
    public double temperature() {
        return getOrDefault(GenerationOption.TEMPERATURE);
    }

    /** How many of the best tokens may be drawn; 0 for all. */
    public int topK() {
        return getOrDefault(GenerationOption.TOP_K);
    }

    /** The probability mass of the best tokens that may be drawn. */
    public double topP() {
        return getOrDefault(GenerationOption.TOP_P);
    }

    /** The least probability, as a share of the greatest one. */
    public @Nullable Double minP() {
        return get(GenerationOption.MIN_P);
    }

    /** The share of the entropy that the best tokens may use up. */
    public @Nullable Double topH() {
        return get(GenerationOption.TOP_H);
    }

    /** The probability mass of the tokens of most typical surprise. */
    public double typicalP() {
        return getOrDefault(GenerationOption.TYPICAL_P);
    }

    /** The least probability. */
    public double epsilonCutoff() {
        return getOrDefault(GenerationOption.EPSILON_CUTOFF);
    }

    /** The least probability, lower where the entropy is high. */
    public double etaCutoff() {
        return getOrDefault(GenerationOption.ETA_CUTOFF);
    }

    /** What a group of beams loses for each token that an earlier group has taken in the same step. */
    public double diversityPenalty() {
        return getOrDefault(GenerationOption.DIVERSITY_PENALTY);
    }

    /** What makes tokens of the sequence less likely (above 1) or more (below 1). */
    public double repetitionPenalty() {
        return getOrDefault(GenerationOption.REPETITION_PENALTY);
    }

    /** What makes tokens of the prompt more likely (above 1) or less (below 1). */
    public double encoderRepetitionPenalty() {
        return getOrDefault(GenerationOption.ENCODER_REPETITION_PENALTY);
    }

    /** The power of the length that a beam's score is divided by. */
    public double lengthPenalty() {
        return getOrDefault(GenerationOption.LENGTH_PENALTY);
    }

    /** The length of the n-grams that may occur once; 0 for no limit. */
    public int noRepeatNgramSize() {
        return getOrDefault(GenerationOption.NO_REPEAT_NGRAM_SIZE);
    }

    /** The length of the prompt's n-grams that may not occur again; 0 for no limit. */
    public int encoderNoRepeatNgramSize() {
        return getOrDefault(GenerationOption.ENCODER_NO_REPEAT_NGRAM_SIZE);
    }

    /** Token sequences that may not occur. */
    public @Nullable List<List<Integer>> badWordsIds() {
        return get(GenerationOption.BAD_WORDS_IDS);
    }

    /** Words that must occur, each as a list of alternatives. */
    public @Nullable List<List<List<Integer>>> forceWordsIds() {
        return get(GenerationOption.FORCE_WORDS_IDS);
    }

    /** Whether scores are normalised after all processors. */
    public boolean renormalizeLogits() {
        return getOrDefault(GenerationOption.RENORMALIZE_LOGITS);
    }

    /** The token that follows a prompt of one token. */
    public @Nullable Integer forcedBosTokenId() {
        return get(GenerationOption.FORCED_BOS_TOKEN_ID);
    }

    /** The tokens of which one stands in the last place when the greatest length is reached. */
    public @Nullable List<Integer> forcedEosTokenId() {
        return get(GenerationOption.FORCED_EOS_TOKEN_ID);
    }

    /** Whether scores that are infinite or not a number are replaced. */
    public boolean removeInvalidValues() {
        return getOrDefault(GenerationOption.REMOVE_INVALID_VALUES);
    }

    /** A growing preference for the end. */
    public @Nullable LengthDecay exponentialDecayLengthPenalty() {
        return get(GenerationOption.EXPONENTIAL_DECAY_LENGTH_PENALTY);
    }

    /** Tokens that may not occur. */
    public @Nullable List<Integer> suppressTokens() {
        return get(GenerationOption.SUPPRESS_TOKENS);
    }

    /** Tokens that the reply may not begin with. */
    public @Nullable List<Integer> beginSuppressTokens() {
        return get(GenerationOption.BEGIN_SUPPRESS_TOKENS);
    }

    /** Token sequences and what is added to the score of their last token. */
    public @Nullable List<SequenceBias.Biased> sequenceBias() {
        return get(GenerationOption.SEQUENCE_BIAS);
    }

    /** How far the scores move away from those without the prompt; 1 for not at all. */
    public @Nullable Double guidanceScale() {
        return get(GenerationOption.GUIDANCE_SCALE);
    }

    /** How many tokens prompt lookup proposes at a time; unset for none. */
    public @Nullable Integer promptLookupNumTokens() {
        return get(GenerationOption.PROMPT_LOOKUP_NUM_TOKENS);
    }

    /** The longest n-gram that prompt lookup searches the text for. */
    public int maxMatchingNgramSize() {
        return getOrDefault(GenerationOption.MAX_MATCHING_NGRAM_SIZE);
    }

    /** How many tokens a draft model proposes at a time. */
    public int numAssistantTokens() {
        return getOrDefault(GenerationOption.NUM_ASSISTANT_TOKENS);
    }

    /** How many sequences are returned for a prompt. */
    public int numReturnSequences() {
        return getOrDefault(GenerationOption.NUM_RETURN_SEQUENCES);
    }

    /** Whether the log-probability of each generated token is returned. */
    public boolean outputScores() {
        return getOrDefault(GenerationOption.OUTPUT_SCORES);
    }

    /** The padding token; the first end-of-sequence token where it is unset. */
    public @Nullable Integer padTokenId() {
        return get(GenerationOption.PAD_TOKEN_ID);
    }

    /** The token that an absent prompt is replaced by. */
    public @Nullable Integer bosTokenId() {
        return get(GenerationOption.BOS_TOKEN_ID);
    }

    /** The tokens that end a sequence; an empty list for none. */
    public @Nullable List<Integer> eosTokenId() {
        return get(GenerationOption.EOS_TOKEN_ID);
    }

    /** The seed of the random numbers that sampling uses; unset for a new one each time. */
    public @Nullable Long seed() {
        return get(GenerationOption.SEED);
    }
}
