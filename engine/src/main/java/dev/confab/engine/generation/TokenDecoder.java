package dev.confab.engine.generation;

/** Turns tokens into text, special tokens included; what stop strings are searched in. */
@FunctionalInterface
public interface TokenDecoder {
    /** The text of these tokens. */
    String decode(int[] ids);
}
