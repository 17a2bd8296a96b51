package dev.confab.training.data;

import java.util.Arrays;

/**
 * Which rows make the batch of a step: a pure function of dataset, seed, epoch and the batch's number, so that training
 * goes on from (epoch, number) as if it had never stopped.
 *
 * <p>An epoch's examples, shuffled, are taken in pools of some thousand; each pool is sorted by length and cut into batches
 * of rows that are almost equally long; the batches of all pools are shuffled. Neither the order of examples nor that of
 * batches is kept in memory, only how many batches come before each pool.
 *
 * <p>Belongs to one thread, since it remembers the epoch and the pool that it saw last.
 */
public final class Batches {
    private static final int POOL_EXAMPLES = 4096;

    private final TokenizedDataset dataset;
    private final ExampleOrder order;
    private final int tokensPerBatch;
    /** (length, position in the pool, both in one number) of the pool's examples, sorted. */
    private final long[] pool = new long[POOL_EXAMPLES];
    /** Where in the sorted pool each batch begins, and where the last one ends. */
    private final int[] cuts = new int[POOL_EXAMPLES + 1];

    private final int[] examples = new int[POOL_EXAMPLES];
    private int plannedEpoch = -1;
    private int loadedPool = -1;
    /** How many batches come before each pool of the planned epoch, and how many there are in all. */
    private long[] batchesBefore = {};

    private Batches(TokenizedDataset dataset, ExampleOrder order, int tokensPerBatch) {
        this.dataset = dataset;
        this.order = order;
        this.tokensPerBatch = tokensPerBatch;
        if (tokensPerBatch < dataset.longest()) {
            throw new IllegalArgumentException(
                    "a batch has room for " + tokensPerBatch + " tokens, but the longest row has " + dataset.longest()
                            + "; allow more, or choose a shorter context");
        }
    }

    /**
     * Batches for training, in another order in each epoch, each source as often as its weight says.
     *
     * @param tokensPerBatch the most ids in a batch, padding included
     * @param seed another one gives another order
     * @throws IllegalArgumentException if the longest row has more ids than a batch may have
     */
    public static Batches shuffled(TokenizedDataset dataset, int tokensPerBatch, long seed) {
        return new Batches(dataset, new ExampleOrder.Shuffled(seed, dataset.statistics()), tokensPerBatch);
    }

    /**
     * Batches for validation: every row once, whatever its source's weight, in the same order in every epoch.
     *
     * @param tokensPerBatch the most ids in a batch, padding included
     * @throws IllegalArgumentException if the longest row has more ids than a batch may have
     */
    public static Batches sequential(TokenizedDataset dataset, int tokensPerBatch) {
        return new Batches(dataset, new ExampleOrder.Sequential(dataset.examples()), tokensPerBatch);
    }

    /** An empty batch of the right size. */
    public Batch newBatch() {
        return new Batch(tokensPerBatch);
    }

    /**
     * How many batches an epoch has. May differ from one epoch to the next, since rows come together in other ways; 0 only
     * where the weights of all sources are so small that an epoch has no row.
     *
     * @param epoch from 0
     */
    public long count(int epoch) {
        plan(epoch);
        return batchesBefore[batchesBefore.length - 1];
    }

    /**
     * Fills a batch. Nothing is allocated, except where the epoch is another one than that of the last call.
     *
     * @param epoch from 0
     * @param index the batch's number, from 0 to {@link #count} - 1
     * @param batch from {@link #newBatch()}, or larger
     * @throws IndexOutOfBoundsException if the epoch has no such batch
     */
    public void fill(int epoch, long index, Batch batch) {
        if (index < 0 || index >= count(epoch)) {
            throw new IndexOutOfBoundsException("epoch " + epoch + " has " + count(epoch) + " batches, no " + index);
        }
        if (batch.capacity() < tokensPerBatch) {
            throw new IllegalArgumentException(
                    "the batch has room for " + batch.capacity() + " tokens, expected " + tokensPerBatch);
        }
        long place = order.batch(epoch, index, count(epoch));
        int poolNumber = poolOf(place);
        load(epoch, poolNumber);
        int cut = (int) (place - batchesBefore[poolNumber]);
        batch.clear(length(cuts[cut + 1] - 1));
        for (int i = cuts[cut]; i < cuts[cut + 1]; i++) {
            batch.add(dataset, examples[(int) pool[i]]);
        }
    }

    private int poolOf(long place) {
        int found = Arrays.binarySearch(batchesBefore, place);
        return found >= 0 ? found : -found - 2;
    }

    /** Counts the batches of all pools of an epoch. */
    private void plan(int epoch) {
        if (epoch < 0) {
            throw new IllegalArgumentException("there is no epoch " + epoch + "; they count from 0");
        }
        if (epoch == plannedEpoch) {
            return;
        }
        int pools = Math.toIntExact((order.count(epoch) + POOL_EXAMPLES - 1) / POOL_EXAMPLES);
        batchesBefore = new long[pools + 1];
        loadedPool = -1;
        plannedEpoch = epoch;
        for (int p = 0; p < pools; p++) {
            batchesBefore[p + 1] = batchesBefore[p] + load(epoch, p);
        }
    }

    /** Makes a pool the current one; how many batches it has. */
    private int load(int epoch, int poolNumber) {
        if (poolNumber == loadedPool) {
            return (int) (batchesBefore[poolNumber + 1] - batchesBefore[poolNumber]);
        }
        loadedPool = poolNumber;
        long first = (long) poolNumber * POOL_EXAMPLES;
        int size = (int) Math.min(POOL_EXAMPLES, order.count(epoch) - first);
        for (int i = 0; i < size; i++) {
            examples[i] = order.example(epoch, first + i);
            pool[i] = (long) dataset.length(examples[i]) << Integer.SIZE | i;
        }
        Arrays.sort(pool, 0, size);
        int batches = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || (long) (i - cuts[batches - 1] + 1) * length(i) > tokensPerBatch) {
                cuts[batches++] = i;
            }
        }
        cuts[batches] = size;
        return batches;
    }

    private int length(int placeInPool) {
        return (int) (pool[placeInPool] >>> Integer.SIZE);
    }
}
