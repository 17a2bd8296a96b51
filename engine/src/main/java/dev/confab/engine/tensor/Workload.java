package dev.confab.engine.tensor;

/** What a kernel set is chosen for: the one that is faster at this need not be faster at that. */
public enum Workload {
    /** Reading prompts and generating replies, with weights that are packed once. */
    INFERENCE,
    /** Forward and backward passes with weights that change, in 32-bit floats. */
    TRAINING
}
