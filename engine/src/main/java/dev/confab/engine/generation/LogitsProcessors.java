package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.BadWords;
import dev.confab.engine.generation.logits.BeginSuppressTokens;
import dev.confab.engine.generation.logits.EncoderNoRepeatNgram;
import dev.confab.engine.generation.logits.EncoderRepetitionPenalty;
import dev.confab.engine.generation.logits.EpsilonCutoff;
import dev.confab.engine.generation.logits.EtaCutoff;
import dev.confab.engine.generation.logits.ExponentialDecayLengthPenalty;
import dev.confab.engine.generation.logits.ForcedBosToken;
import dev.confab.engine.generation.logits.ForcedEosToken;
import dev.confab.engine.generation.logits.HammingDiversity;
import dev.confab.engine.generation.logits.LogitNormalization;
import dev.confab.engine.generation.logits.LogitsProcessor;
import dev.confab.engine.generation.logits.MinLength;
import dev.confab.engine.generation.logits.MinNewTokens;
import dev.confab.engine.generation.logits.MinP;
import dev.confab.engine.generation.logits.NoRepeatNgram;
import dev.confab.engine.generation.logits.RemoveInvalidValues;
import dev.confab.engine.generation.logits.RepetitionPenalty;
import dev.confab.engine.generation.logits.SequenceBias;
import dev.confab.engine.generation.logits.SuppressTokens;
import dev.confab.engine.generation.logits.Temperature;
import dev.confab.engine.generation.logits.TopH;
import dev.confab.engine.generation.logits.TopK;
import dev.confab.engine.generation.logits.TopP;
import dev.confab.engine.generation.logits.TypicalP;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The processors that a configuration asks for, in the order of transformers 4.45.1, which decides the result.
 *
 * <p>The order: sequence bias, diversity, encoder repetition penalty, repetition penalty, n-grams, the prompt's n-grams,
 * bad words, lengths, forced tokens, invalid values, length decay, suppressed tokens, the caller's own, and when
 * sampling temperature, top-h, top-k, top-p, min-p, typical, epsilon, eta; the normalisation always last. Guidance comes
 * before them all and belongs to the search, since it asks the model. Belongs to one generation and one thread.
 */
public final class LogitsProcessors implements LogitsProcessor {
    private final List<LogitsProcessor> processors;

    private LogitsProcessors(List<LogitsProcessor> processors) {
        this.processors = List.copyOf(processors);
    }

    /**
     * The chain for one prompt.
     *
     * @param config the options, already laid over the model's
     * @param prompt the prompt's tokens
     */
    public static LogitsProcessors of(GenerationConfig config, int[] prompt) {
        config.validate();
        return of(config, prompt, Lengths.of(config, prompt.length), List.of(), null);
    }

    /**
     * Applies a configuration's rules to the scores of one step, without any model.
     *
     * @param ids the sequence so far, prompt included
     * @param promptLength how many of the ids are the prompt
     * @param scores the model's scores for the next token, one per token of the vocabulary; changed in place
     * @throws GenerationException if an option, an id or the prompt's length cannot be used
     */
    public static void process(GenerationConfig config, int[] ids, int promptLength, float[] scores) {
        if (promptLength < 0 || promptLength > ids.length) {
            throw GenerationException.invalid(
                    "prompt_length", promptLength, "from 0 to the " + ids.length + " input_ids");
        }
        PreparedRequest.requireTokens("input_ids", ids, scores.length);
        GenerationConfigRules.checkVocabulary(config, scores.length);
        of(config, Arrays.copyOf(ids, promptLength)).process(ids, ids.length, scores);
    }

    static LogitsProcessors of(
            GenerationConfig config,
            int[] prompt,
            Lengths lengths,
            List<LogitsProcessor> custom,
            @Nullable HammingDiversity diversity) {
        List<LogitsProcessor> chain = new ArrayList<>();
        int[] eos = Tokens.array(config.eosTokenId());
        addPenalties(chain, config, prompt, diversity);
        addBans(chain, config, prompt, eos);
        addLengths(chain, config, prompt, lengths, eos);
        chain.addAll(custom);
        if (config.doSample()) {
            addSampling(chain, config, config.numBeams() > 1 ? 1 + Math.max(1, eos.length) : 1);
        }
        if (config.renormalizeLogits()) {
            chain.add(new LogitNormalization());
        }
        return new LogitsProcessors(chain);
    }

    private static void addPenalties(
            List<LogitsProcessor> chain, GenerationConfig config, int[] prompt, @Nullable HammingDiversity diversity) {
        List<SequenceBias.Biased> biases = config.sequenceBias();
        if (biases != null) {
            chain.add(new SequenceBias(biases));
        }
        if (diversity != null) {
            chain.add(diversity);
        }
        if (config.encoderRepetitionPenalty() != 1) {
            chain.add(new EncoderRepetitionPenalty(config.encoderRepetitionPenalty(), prompt));
        }
        if (config.repetitionPenalty() != 1) {
            chain.add(new RepetitionPenalty(config.repetitionPenalty()));
        }
    }

    private static void addBans(List<LogitsProcessor> chain, GenerationConfig config, int[] prompt, int[] eos) {
        if (config.noRepeatNgramSize() > 0) {
            chain.add(new NoRepeatNgram(config.noRepeatNgramSize()));
        }
        if (config.encoderNoRepeatNgramSize() > 0) {
            chain.add(new EncoderNoRepeatNgram(config.encoderNoRepeatNgramSize(), prompt));
        }
        List<List<Integer>> badWords = config.badWordsIds();
        if (badWords != null) {
            chain.add(new BadWords(badWords, eos));
        }
    }

    private static void addLengths(
            List<LogitsProcessor> chain, GenerationConfig config, int[] prompt, Lengths lengths, int[] eos) {
        if (lengths.minLength() > 0 && eos.length > 0) {
            chain.add(new MinLength(lengths.minLength(), eos));
        }
        Integer minNewTokens = config.minNewTokens();
        if (minNewTokens != null && minNewTokens > 0 && eos.length > 0) {
            chain.add(new MinNewTokens(prompt.length, minNewTokens, eos));
        }
        Integer forcedBos = config.forcedBosTokenId();
        if (forcedBos != null) {
            chain.add(new ForcedBosToken(forcedBos));
        }
        List<Integer> forcedEos = config.forcedEosTokenId();
        if (forcedEos != null) {
            chain.add(new ForcedEosToken(lengths.maxLength(), Tokens.array(forcedEos)));
        }
        if (config.removeInvalidValues()) {
            chain.add(new RemoveInvalidValues());
        }
        LengthDecay decay = config.exponentialDecayLengthPenalty();
        if (decay != null) {
            chain.add(new ExponentialDecayLengthPenalty(prompt.length, decay.start(), decay.factor(), eos));
        }
        List<Integer> suppressed = config.suppressTokens();
        if (suppressed != null) {
            chain.add(new SuppressTokens(Tokens.array(suppressed)));
        }
        List<Integer> suppressedFirst = config.beginSuppressTokens();
        if (suppressedFirst != null) {
            boolean afterForced = prompt.length == 1 && forcedBos != null;
            chain.add(new BeginSuppressTokens(Tokens.array(suppressedFirst), prompt.length + (afterForced ? 1 : 0)));
        }
    }

    private static void addSampling(List<LogitsProcessor> chain, GenerationConfig config, int minTokensToKeep) {
        if (config.temperature() != 1) {
            chain.add(new Temperature(config.temperature()));
        }
        Double topH = config.topH();
        if (topH != null) {
            chain.add(new TopH(topH));
        }
        if (config.topK() != 0) {
            chain.add(new TopK(config.topK(), minTokensToKeep));
        }
        if (config.topP() < 1) {
            chain.add(new TopP(config.topP(), minTokensToKeep));
        }
        Double minP = config.minP();
        if (minP != null) {
            chain.add(new MinP(minP, minTokensToKeep));
        }
        if (config.typicalP() < 1) {
            chain.add(new TypicalP(config.typicalP(), minTokensToKeep));
        }
        if (config.epsilonCutoff() > 0 && config.epsilonCutoff() < 1) {
            chain.add(new EpsilonCutoff(config.epsilonCutoff(), minTokensToKeep));
        }
        if (config.etaCutoff() > 0 && config.etaCutoff() < 1) {
            chain.add(new EtaCutoff(config.etaCutoff(), minTokensToKeep));
        }
    }

    /** The processors in their order. */
    public List<LogitsProcessor> processors() {
        return processors;
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        for (int i = 0; i < processors.size(); i++) {
            processors.get(i).process(ids, length, scores);
        }
    }
}
