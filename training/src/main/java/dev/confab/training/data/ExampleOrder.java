package dev.confab.training.data;

import java.util.List;

/** Which examples an epoch has, in which order. Pure functions of an epoch's number; immutable. */
sealed interface ExampleOrder {
    /** How many there are in an epoch. */
    long count(int epoch);

    /** The example at a position of an epoch. */
    int example(int epoch, long position);

    /** Which of an epoch's batches, as they are cut, comes at a position. */
    long batch(int epoch, long position, long batches);

    /** Every example once, in the order of the files. */
    record Sequential(int examples) implements ExampleOrder {
        @Override
        public long count(int epoch) {
            return examples;
        }

        @Override
        public int example(int epoch, long position) {
            return (int) position;
        }

        @Override
        public long batch(int epoch, long position, long batches) {
            return position;
        }
    }

    /**
     * Every example as often as its source's weight says, shuffled.
     *
     * <p>A source's examples form an endless line, one shuffle of all of them after another, of which epoch e takes the
     * part that begins at the sum of all weights before it, times their number. So after epochs whose weights make a whole
     * number each example was seen equally often, to the last one.
     *
     * @param seed another one gives another order
     */
    record Shuffled(long seed, List<SourceStatistics> sources) implements ExampleOrder {
        @Override
        public long count(int epoch) {
            long count = 0;
            for (int s = 0; s < sources.size(); s++) {
                count += start(s, epoch + 1L) - start(s, epoch);
            }
            return count;
        }

        @Override
        public int example(int epoch, long position) {
            return unshuffled(epoch, Permutation.at(position, count(epoch), Permutation.seed(seed, -1, epoch)));
        }

        @Override
        public long batch(int epoch, long position, long batches) {
            return Permutation.at(position, batches, Permutation.seed(seed, -2, epoch));
        }

        private int unshuffled(int epoch, long position) {
            int firstExample = 0;
            long rest = position;
            for (int s = 0; ; s++) {
                int size = sources.get(s).examples();
                long start = start(s, epoch);
                long count = start(s, epoch + 1L) - start;
                if (rest < count) {
                    long place = start + rest;
                    return firstExample
                            + (int) Permutation.at(place % size, size, Permutation.seed(seed, s, place / size));
                }
                rest -= count;
                firstExample += size;
            }
        }

        private long start(int source, long epoch) {
            SourceStatistics statistics = sources.get(source);
            return (long) Math.floor(statistics.source().weights().before(epoch) * statistics.examples());
        }
    }
}
