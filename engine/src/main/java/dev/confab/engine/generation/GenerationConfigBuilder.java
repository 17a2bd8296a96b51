package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.SequenceBias;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Collects options; what is not set stays unset and leaves room for the model's own configuration.
 *
 * <p>The methods have transformers' names in camel case. Belongs to one thread.
 */
public final class GenerationConfigBuilder {
    private final Map<GenerationOption<?>, Object> values = new LinkedHashMap<>();
    private final Map<String, JsonNode> unknown = new LinkedHashMap<>();

    GenerationConfigBuilder() {}

    /** Starts from a configuration. */
    GenerationConfigBuilder(GenerationConfig config) {
        values.putAll(config.values());
        unknown.putAll(config.unknown());
    }

    /** Sets any option. */
    public <T> GenerationConfigBuilder set(GenerationOption<T> option, T value) {
        values.put(option, value);
        return this;
    }

    /** Forgets what was set. */
    public GenerationConfigBuilder unset(GenerationOption<?> option) {
        values.remove(option);
        return this;
    }

    /** Keeps a key that is no option of ours, so that writing the file loses nothing. */
    GenerationConfigBuilder keep(String key, JsonNode value) {
        unknown.put(key, value);
        return this;
    }

    /** The configuration; values are checked by {@link GenerationConfig#validate}, not here. */
    public GenerationConfig build() {
        return new GenerationConfig(values, unknown);
    }

    /** The greatest length, prompt included; {@code max_new_tokens} wins over it. */
    public GenerationConfigBuilder maxLength(int value) {
        return set(GenerationOption.MAX_LENGTH, value);
    }

    /** The most tokens after the prompt. */
    public GenerationConfigBuilder maxNewTokens(int value) {
        return set(GenerationOption.MAX_NEW_TOKENS, value);
    }

    /** The shortest length, prompt included, before the end may come. */
    public GenerationConfigBuilder minLength(int value) {
        return set(GenerationOption.MIN_LENGTH, value);
    }

    /** The fewest tokens after the prompt before the end may come. */
    public GenerationConfigBuilder minNewTokens(int value) {
        return set(GenerationOption.MIN_NEW_TOKENS, value);
    }

    /** When a beam search stops. */
    public GenerationConfigBuilder earlyStopping(EarlyStopping value) {
        return set(GenerationOption.EARLY_STOPPING, value);
    }

    /** Seconds after which generation stops. */
    public GenerationConfigBuilder maxTime(double value) {
        return set(GenerationOption.MAX_TIME, value);
    }

    /** Texts that end the reply; they stay in it. */
    public GenerationConfigBuilder stopStrings(String... texts) {
        return set(GenerationOption.STOP_STRINGS, List.of(texts));
    }

    /** Whether tokens are drawn at random. */
    public GenerationConfigBuilder doSample(boolean value) {
        return set(GenerationOption.DO_SAMPLE, value);
    }

    /** How many sequences a beam search grows. */
    public GenerationConfigBuilder numBeams(int value) {
        return set(GenerationOption.NUM_BEAMS, value);
    }

    /** In how many groups the beams are divided. */
    public GenerationConfigBuilder numBeamGroups(int value) {
        return set(GenerationOption.NUM_BEAM_GROUPS, value);
    }

    /** The weight of the degeneration penalty in contrastive search. */
    public GenerationConfigBuilder penaltyAlpha(double value) {
        return set(GenerationOption.PENALTY_ALPHA, value);
    }

    /** Accepted for compatibility: the key-value cache is always used, with the same result. */
    public GenerationConfigBuilder useCache(boolean value) {
        return set(GenerationOption.USE_CACHE, value);
    }

    /** What scores are divided by before drawing. */
    public GenerationConfigBuilder temperature(double value) {
        return set(GenerationOption.TEMPERATURE, value);
    }

    /** How many of the best tokens may be drawn; 0 for all. */
    public GenerationConfigBuilder topK(int value) {
        return set(GenerationOption.TOP_K, value);
    }

    /** The probability mass of the best tokens that may be drawn. */
    public GenerationConfigBuilder topP(double value) {
        return set(GenerationOption.TOP_P, value);
    }

    /** The least probability, as a share of the greatest one. */
    public GenerationConfigBuilder minP(double value) {
        return set(GenerationOption.MIN_P, value);
    }

    /** The share of the entropy that the best tokens may use up. */
    public GenerationConfigBuilder topH(double value) {
        return set(GenerationOption.TOP_H, value);
    }

    /** The probability mass of the tokens of most typical surprise. */
    public GenerationConfigBuilder typicalP(double value) {
        return set(GenerationOption.TYPICAL_P, value);
    }

    /** The least probability. */
    public GenerationConfigBuilder epsilonCutoff(double value) {
        return set(GenerationOption.EPSILON_CUTOFF, value);
    }

    /** The least probability, lower where the entropy is high. */
    public GenerationConfigBuilder etaCutoff(double value) {
        return set(GenerationOption.ETA_CUTOFF, value);
    }

    /** What a group of beams loses for each token that an earlier group has taken in the same step. */
    public GenerationConfigBuilder diversityPenalty(double value) {
        return set(GenerationOption.DIVERSITY_PENALTY, value);
    }

    /** What makes tokens of the sequence less likely (above 1) or more (below 1). */
    public GenerationConfigBuilder repetitionPenalty(double value) {
        return set(GenerationOption.REPETITION_PENALTY, value);
    }

    /** What makes tokens of the prompt more likely (above 1) or less (below 1). */
    public GenerationConfigBuilder encoderRepetitionPenalty(double value) {
        return set(GenerationOption.ENCODER_REPETITION_PENALTY, value);
    }

    /** The power of the length that a beam's score is divided by. */
    public GenerationConfigBuilder lengthPenalty(double value) {
        return set(GenerationOption.LENGTH_PENALTY, value);
    }

    /** The length of the n-grams that may occur once; 0 for no limit. */
    public GenerationConfigBuilder noRepeatNgramSize(int value) {
        return set(GenerationOption.NO_REPEAT_NGRAM_SIZE, value);
    }

    /** The length of the prompt's n-grams that may not occur again; 0 for no limit. */
    public GenerationConfigBuilder encoderNoRepeatNgramSize(int value) {
        return set(GenerationOption.ENCODER_NO_REPEAT_NGRAM_SIZE, value);
    }

    /** Token sequences that may not occur. */
    public GenerationConfigBuilder badWordsIds(List<List<Integer>> value) {
        return set(GenerationOption.BAD_WORDS_IDS, value);
    }

    /** Words that must occur, each as a list of alternatives. */
    public GenerationConfigBuilder forceWordsIds(List<List<List<Integer>>> value) {
        return set(GenerationOption.FORCE_WORDS_IDS, value);
    }

    /** Whether scores are normalised after all processors. */
    public GenerationConfigBuilder renormalizeLogits(boolean value) {
        return set(GenerationOption.RENORMALIZE_LOGITS, value);
    }

    /** The token that follows a prompt of one token. */
    public GenerationConfigBuilder forcedBosTokenId(int value) {
        return set(GenerationOption.FORCED_BOS_TOKEN_ID, value);
    }

    /** The tokens of which one stands in the last place when the greatest length is reached. */
    public GenerationConfigBuilder forcedEosTokenId(int... tokens) {
        return set(
                GenerationOption.FORCED_EOS_TOKEN_ID,
                Arrays.stream(tokens).boxed().toList());
    }

    /** Whether scores that are infinite or not a number are replaced. */
    public GenerationConfigBuilder removeInvalidValues(boolean value) {
        return set(GenerationOption.REMOVE_INVALID_VALUES, value);
    }

    /** A growing preference for the end. */
    public GenerationConfigBuilder exponentialDecayLengthPenalty(LengthDecay value) {
        return set(GenerationOption.EXPONENTIAL_DECAY_LENGTH_PENALTY, value);
    }

    /** Tokens that may not occur. */
    public GenerationConfigBuilder suppressTokens(int... tokens) {
        return set(
                GenerationOption.SUPPRESS_TOKENS, Arrays.stream(tokens).boxed().toList());
    }

    /** Tokens that the reply may not begin with. */
    public GenerationConfigBuilder beginSuppressTokens(int... tokens) {
        return set(
                GenerationOption.BEGIN_SUPPRESS_TOKENS,
                Arrays.stream(tokens).boxed().toList());
    }

    /** Token sequences and what is added to the score of their last token. */
    public GenerationConfigBuilder sequenceBias(List<SequenceBias.Biased> value) {
        return set(GenerationOption.SEQUENCE_BIAS, value);
    }

    /** How far the scores move away from those without the prompt; 1 for not at all. */
    public GenerationConfigBuilder guidanceScale(double value) {
        return set(GenerationOption.GUIDANCE_SCALE, value);
    }

    /** How many tokens prompt lookup proposes at a time; unset for none. */
    public GenerationConfigBuilder promptLookupNumTokens(int value) {
        return set(GenerationOption.PROMPT_LOOKUP_NUM_TOKENS, value);
    }

    /** The longest n-gram that prompt lookup searches the text for. */
    public GenerationConfigBuilder maxMatchingNgramSize(int value) {
        return set(GenerationOption.MAX_MATCHING_NGRAM_SIZE, value);
    }

    /** How many tokens a draft model proposes at a time. */
    public GenerationConfigBuilder numAssistantTokens(int value) {
        return set(GenerationOption.NUM_ASSISTANT_TOKENS, value);
    }

    /** How many sequences are returned for a prompt. */
    public GenerationConfigBuilder numReturnSequences(int value) {
        return set(GenerationOption.NUM_RETURN_SEQUENCES, value);
    }

    /** Whether the log-probability of each generated token is returned. */
    public GenerationConfigBuilder outputScores(boolean value) {
        return set(GenerationOption.OUTPUT_SCORES, value);
    }

    /** The padding token; the first end-of-sequence token where it is unset. */
    public GenerationConfigBuilder padTokenId(int value) {
        return set(GenerationOption.PAD_TOKEN_ID, value);
    }

    /** The token that an absent prompt is replaced by. */
    public GenerationConfigBuilder bosTokenId(int value) {
        return set(GenerationOption.BOS_TOKEN_ID, value);
    }

    /** The tokens that end a sequence; an empty list for none. */
    public GenerationConfigBuilder eosTokenId(int... tokens) {
        return set(GenerationOption.EOS_TOKEN_ID, Arrays.stream(tokens).boxed().toList());
    }

    /** The seed of the random numbers that sampling uses; unset for a new one each time. */
    public GenerationConfigBuilder seed(long value) {
        return set(GenerationOption.SEED, value);
    }
}
