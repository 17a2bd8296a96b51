package dev.confab.server.store;

import java.util.OptionalDouble;

/**
 * What is usual.
 *
 * @param median half of the replies were at least as quick; empty if there were none
 * @param slow 95 of 100 replies were at least as quick; empty if there were none
 */
public record Typical(OptionalDouble median, OptionalDouble slow) {
    /** Of nothing. */
    static final Typical NONE = new Typical(OptionalDouble.empty(), OptionalDouble.empty());
}
