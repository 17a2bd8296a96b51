package dev.confab.engine.generation;

/** The decoding strategy that a configuration selects, by transformers' rules. */
public enum GenerationMode {
    /** The most probable token at each step. */
    GREEDY_SEARCH,
    /** A token drawn from the processed distribution at each step. */
    SAMPLE,
    /** The candidate that is probable and unlike the context: {@code penalty_alpha > 0}, {@code top_k > 1}. */
    CONTRASTIVE_SEARCH,
    /** The best of several sequences that grow side by side: {@code num_beams > 1}. */
    BEAM_SEARCH,
    /** Beam search with drawn continuations: {@code num_beams > 1} and {@code do_sample}. */
    BEAM_SAMPLE,
    /** Groups of beams that avoid each other's tokens: {@code num_beam_groups > 1}. */
    GROUP_BEAM_SEARCH,
    /** Beam search whose result must contain given words: {@code force_words_ids}. */
    CONSTRAINED_BEAM_SEARCH
}
