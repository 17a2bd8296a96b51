package dev.confab.engine.generation;

import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.random.RandomGeneratorFactory;

/**
 * Where sampling takes its random numbers from. Belongs to one generation and one thread.
 *
 * <p>The seeded source is Java's {@code L64X128MixRandom}, a documented algorithm that gives the same numbers on every
 * machine and Java version, so that a seed and a model give the same reply.
 */
@FunctionalInterface
public interface UniformSource {
    /** The next number, at least 0 and below 1. */
    double next();

    /**
     * Given numbers, one after the other. Several sequences of a prompt take one each per token, in their order.
     *
     * @param numbers each at least 0 and below 1; the source fails when they are used up
     * @throws GenerationException if a number is out of range
     */
    static UniformSource of(double... numbers) {
        for (double number : numbers) {
            if (!(number >= 0 && number < 1)) {
                throw GenerationException.invalid("uniforms", number, "numbers from 0 to below 1");
            }
        }
        PrimitiveIterator.OfDouble iterator = Arrays.stream(numbers.clone()).iterator();
        return () -> {
            if (!iterator.hasNext()) {
                throw new GenerationException("the " + numbers.length
                        + " uniform numbers are used up; give one for each token of each sequence");
            }
            return iterator.nextDouble();
        };
    }

    /**
     * The numbers that a seed gives for one of the sequences of a prompt.
     *
     * @param seed any number
     * @param sequence 0 for the first sequence; each has its own stream
     */
    static UniformSource seeded(long seed, int sequence) {
        // The golden ratio's digits spread neighbouring sequences over the seeds, as Java's own split does.
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed + sequence * 0x9E3779B97F4A7C15L)::nextDouble;
    }
}
