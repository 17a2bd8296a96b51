package dev.confab.engine.generation;

/** When a beam search that has found enough sequences stops; transformers' {@code early_stopping}. */
public enum EarlyStopping {
    /** {@code false}: when the best unfinished beam, at its present length, cannot beat the worst finished one. */
    FALSE,
    /** {@code true}: as soon as {@code num_beams} sequences are finished. */
    TRUE,
    /** {@code "never"}: when no unfinished beam could ever beat the worst finished one, however long it grows. */
    NEVER
}
