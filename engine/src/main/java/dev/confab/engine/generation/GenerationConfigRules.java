package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.SequenceBias;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What transformers 4.45.1 refuses and what it merely warns of, checked before any work is done;
 * {@code GoldenErrorsTest} compares both with its own answers.
 *
 * <p>An option that has no effect in the selected mode is not checked, as there.
 */
final class GenerationConfigRules {
    private GenerationConfigRules() {}

    static void check(GenerationConfig config) {
        checkLengths(config);
        checkModes(config);
        checkPenalties(config);
        if (config.doSample()) {
            checkSampling(config);
        }
        checkTokens(config.badWordsIds(), GenerationOption.BAD_WORDS_IDS);
        List<SequenceBias.Biased> biases = config.sequenceBias();
        checkTokens(
                biases == null
                        ? null
                        : biases.stream().map(SequenceBias.Biased::tokens).toList(),
                GenerationOption.SEQUENCE_BIAS);
    }

    /** Refuses token ids that the model does not have, which only a caller who knows the model can check. */
    static void checkVocabulary(GenerationConfig config, int vocabularySize) {
        for (List<Integer> sequence : orEmpty(config.badWordsIds())) {
            checkVocabulary(GenerationOption.BAD_WORDS_IDS, sequence, vocabularySize);
        }
        for (SequenceBias.Biased biased : orEmpty(config.sequenceBias())) {
            checkVocabulary(GenerationOption.SEQUENCE_BIAS, biased.tokens(), vocabularySize);
        }
        for (List<List<Integer>> word : orEmpty(config.forceWordsIds())) {
            for (List<Integer> alternative : word) {
                checkVocabulary(GenerationOption.FORCE_WORDS_IDS, alternative, vocabularySize);
            }
        }
        checkVocabulary(GenerationOption.FORCED_EOS_TOKEN_ID, orEmpty(config.forcedEosTokenId()), vocabularySize);
        Integer forcedBos = config.forcedBosTokenId();
        if (forcedBos != null) {
            checkVocabulary(GenerationOption.FORCED_BOS_TOKEN_ID, List.of(forcedBos), vocabularySize);
        }
    }

    private static void checkVocabulary(GenerationOption<?> option, List<Integer> tokens, int vocabularySize) {
        for (int token : tokens) {
            if (token < 0 || token >= vocabularySize) {
                throw GenerationException.invalid(
                        option.name(), tokens, "made of ids of the vocabulary, from 0 to " + (vocabularySize - 1));
            }
        }
    }

    private static void checkLengths(GenerationConfig config) {
        Integer maxNewTokens = config.maxNewTokens();
        require(maxNewTokens == null || maxNewTokens > 0, GenerationOption.MAX_NEW_TOKENS, config, "greater than 0");
        require(config.numBeams() >= 1, GenerationOption.NUM_BEAMS, config, "at least 1");
        require(config.numBeamGroups() >= 1, GenerationOption.NUM_BEAM_GROUPS, config, "at least 1");
        require(config.numReturnSequences() >= 1, GenerationOption.NUM_RETURN_SEQUENCES, config, "at least 1");
        require(config.numAssistantTokens() >= 1, GenerationOption.NUM_ASSISTANT_TOKENS, config, "at least 1");
        require(config.maxMatchingNgramSize() >= 1, GenerationOption.MAX_MATCHING_NGRAM_SIZE, config, "at least 1");
        Integer lookup = config.promptLookupNumTokens();
        require(lookup == null || lookup >= 1, GenerationOption.PROMPT_LOOKUP_NUM_TOKENS, config, "at least 1");
        for (String stop : orEmpty(config.stopStrings())) {
            require(!stop.isEmpty(), GenerationOption.STOP_STRINGS, config, "made of texts that are not empty");
        }
    }

    private static void checkModes(GenerationConfig config) {
        int beams = config.numBeams();
        int sequences = config.numReturnSequences();
        GenerationMode mode = config.mode();
        if (beams == 1) {
            require(
                    sequences == 1 || mode == GenerationMode.SAMPLE,
                    GenerationOption.NUM_RETURN_SEQUENCES,
                    config,
                    "1 without beams or sampling; set num_beams or do_sample for more");
        } else {
            require(
                    sequences <= beams,
                    GenerationOption.NUM_RETURN_SEQUENCES,
                    config,
                    "at most num_beams, which is " + beams);
        }
        List<List<List<Integer>>> forcedWords = config.forceWordsIds();
        if (forcedWords != null) {
            checkForcedWords(config, forcedWords);
        } else if (beams > 1 && (config.numBeamGroups() > 1 || config.diversityPenalty() != 0)) {
            checkGroups(config);
        }
        if (config.promptLookupNumTokens() != null) {
            checkAssisted(config, "prompt_lookup_num_tokens");
        }
    }

    /** Refuses modes in which proposals cannot be used; {@code cause} is what asks for them. */
    static void checkAssisted(GenerationConfig config, String cause) {
        GenerationMode mode = config.mode();
        if (mode != GenerationMode.GREEDY_SEARCH && mode != GenerationMode.SAMPLE) {
            throw new GenerationException(cause + " works with greedy search and sampling only, but the options select "
                    + mode + "; unset num_beams, penalty_alpha and force_words_ids");
        }
        require(config.numReturnSequences() == 1, GenerationOption.NUM_RETURN_SEQUENCES, config, "1 with " + cause);
    }

    private static void checkForcedWords(GenerationConfig config, List<List<List<Integer>>> words) {
        require(config.numBeams() > 1, GenerationOption.NUM_BEAMS, config, "greater than 1 with force_words_ids");
        require(!config.doSample(), GenerationOption.DO_SAMPLE, config, "false with force_words_ids");
        require(config.numBeamGroups() == 1, GenerationOption.NUM_BEAM_GROUPS, config, "1 with force_words_ids");
        require(!words.isEmpty(), GenerationOption.FORCE_WORDS_IDS, config, "a list that is not empty");
        for (List<List<Integer>> word : words) {
            require(!word.isEmpty(), GenerationOption.FORCE_WORDS_IDS, config, "made of words that are not empty");
            checkTokens(word, GenerationOption.FORCE_WORDS_IDS);
        }
    }

    private static void checkGroups(GenerationConfig config) {
        int beams = config.numBeams();
        require(
                !config.doSample(),
                GenerationOption.DO_SAMPLE,
                config,
                "false with num_beam_groups or diversity_penalty, which select group beam search");
        require(
                beams % config.numBeamGroups() == 0,
                GenerationOption.NUM_BEAM_GROUPS,
                config,
                "a divisor of num_beams, which is " + beams);
        require(
                config.diversityPenalty() > 0,
                GenerationOption.DIVERSITY_PENALTY,
                config,
                "greater than 0 with num_beam_groups, or all groups would be the same");
    }

    private static void checkPenalties(GenerationConfig config) {
        require(config.repetitionPenalty() > 0, GenerationOption.REPETITION_PENALTY, config, "greater than 0");
        require(
                config.encoderRepetitionPenalty() > 0,
                GenerationOption.ENCODER_REPETITION_PENALTY,
                config,
                "greater than 0");
        List<Integer> eos = config.eosTokenId();
        if (config.exponentialDecayLengthPenalty() != null && (eos == null || eos.isEmpty())) {
            throw new GenerationException("exponential_decay_length_penalty needs an end-of-sequence token, but"
                    + " eos_token_id is not set; set it or leave the penalty away");
        }
    }

    private static void checkSampling(GenerationConfig config) {
        require(
                config.temperature() > 0,
                GenerationOption.TEMPERATURE,
                config,
                "greater than 0; for the most probable tokens set do_sample to false");
        require(config.topK() >= 0, GenerationOption.TOP_K, config, "at least 1, or 0 for no limit");
        require(config.topP() >= 0, GenerationOption.TOP_P, config, "from 0 to 1");
        Double minP = config.minP();
        require(minP == null || (minP >= 0 && minP <= 1), GenerationOption.MIN_P, config, "from 0 to 1");
        Double topH = config.topH();
        require(topH == null || (topH > 0 && topH <= 1), GenerationOption.TOP_H, config, "greater than 0, at most 1");
        require(config.typicalP() > 0, GenerationOption.TYPICAL_P, config, "greater than 0, at most 1");
    }

    private static void checkTokens(@Nullable List<List<Integer>> sequences, GenerationOption<?> option) {
        if (sequences == null) {
            return;
        }
        if (sequences.isEmpty()) {
            throw GenerationException.invalid(option.name(), sequences, "a list that is not empty");
        }
        for (List<Integer> sequence : sequences) {
            if (sequence.isEmpty() || sequence.stream().anyMatch(token -> token < 0)) {
                throw GenerationException.invalid(
                        option.name(), sequences, "made of lists of at least one token id, none below 0");
            }
        }
    }

    private static void require(boolean valid, GenerationOption<?> option, GenerationConfig config, String expected) {
        if (!valid) {
            throw GenerationException.invalid(option.name(), String.valueOf(config.get(option)), expected);
        }
    }

    static List<String> warnings(GenerationConfig config) {
        List<String> warnings = new ArrayList<>();
        if (!config.doSample()) {
            List<GenerationOption<?>> sampling = List.of(
                    GenerationOption.TEMPERATURE,
                    GenerationOption.TOP_P,
                    GenerationOption.MIN_P,
                    GenerationOption.TOP_H,
                    GenerationOption.TYPICAL_P,
                    GenerationOption.EPSILON_CUTOFF,
                    GenerationOption.ETA_CUTOFF);
            warn(config, sampling, "do_sample is false", warnings);
            if (config.penaltyAlpha() == null) {
                warn(config, List.of(GenerationOption.TOP_K), "do_sample is false", warnings);
            }
        }
        if (config.numBeams() == 1) {
            List<GenerationOption<?>> beams = List.of(
                    GenerationOption.EARLY_STOPPING,
                    GenerationOption.NUM_BEAM_GROUPS,
                    GenerationOption.DIVERSITY_PENALTY,
                    GenerationOption.LENGTH_PENALTY);
            warn(config, beams, "num_beams is 1", warnings);
        }
        if (config.maxNewTokens() != null && config.isSet(GenerationOption.MAX_LENGTH)) {
            warnings.add("max_length and max_new_tokens are both set; max_new_tokens wins");
        }
        return List.copyOf(warnings);
    }

    private static void warn(
            GenerationConfig config, List<GenerationOption<?>> options, String reason, List<String> warnings) {
        for (GenerationOption<?> option : options) {
            Object value = config.get(option);
            if (value != null && !value.equals(option.defaultValue())) {
                warnings.add(option.name() + " is " + value + " but has no effect, since " + reason);
            }
        }
    }

    private static <E> List<E> orEmpty(@Nullable List<E> list) {
        return list == null ? List.of() : list;
    }
}
