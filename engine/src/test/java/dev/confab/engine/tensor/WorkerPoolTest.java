package dev.confab.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WorkerPoolTest {
    @Test
    void everyItemIsDoneExactlyOnceByEveryNumberOfWorkers() {
        for (int workers = 1; workers <= 8; workers++) {
            try (var pool = new WorkerPool(workers)) {
                for (int items = 0; items <= 100; items++) {
                    assertThat(timesDone(pool, items)).containsOnly(1);
                }
            }
        }
    }

    /** How often each item was done; one more entry, of 1, so that none is something too. */
    private static int[] timesDone(WorkerPool pool, int items) {
        var done = new AtomicIntegerArray(items + 1);
        done.set(items, 1);
        pool.run(items, (from, to, worker) -> {
            assertThat(worker).isBetween(0, pool.workers() - 1);
            for (int i = from; i < to; i++) {
                done.incrementAndGet(i);
            }
        });
        return java.util.stream.IntStream.rangeClosed(0, items).map(done::get).toArray();
    }

    @Test
    void itemsOfVeryUnevenCostAreAllDone() {
        var sum = new AtomicLong();
        try (var pool = new WorkerPool(3)) {
            for (int run = 0; run < 50; run++) {
                sum.set(0);
                pool.run(64, (from, to, worker) -> {
                    for (int i = from; i < to; i++) {
                        sum.addAndGet(1 + (i == 0 ? busy(200_000) : 0));
                    }
                });
                assertThat(sum.get()).isEqualTo(64);
            }
        }
    }

    /** Takes a while, and is 0. */
    private static long busy(int steps) {
        long x = 1;
        for (int i = 0; i < steps; i++) {
            x = x * 6364136223846793005L + 1442695040888963407L;
        }
        return x == 42 ? 1 : 0;
    }

    @Test
    void aWorkerThatIsHeldUpHoldsUpOnlyItsOwnItem() {
        var release = new CountDownLatch(1);
        var others = new AtomicInteger();
        try (var pool = new WorkerPool(2)) {
            // The caller's first item waits until all others are done: the other worker must take them.
            pool.run(16, (from, to, worker) -> {
                for (int i = from; i < to; i++) {
                    if (i == 0) {
                        awaitLatch(release);
                    } else if (others.incrementAndGet() == 15) {
                        release.countDown();
                    }
                }
            });
        }
        assertThat(others.get()).isEqualTo(15);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anExceptionReachesTheCallerAndThePoolGoesOn() {
        for (int workers = 1; workers <= 4; workers++) {
            try (var pool = new WorkerPool(workers)) {
                for (int culprit = 0; culprit < 40; culprit += 13) {
                    int bad = culprit;
                    assertThatThrownBy(() -> pool.run(40, (from, to, worker) -> {
                                if (from <= bad && bad < to) {
                                    throw new IllegalArgumentException("item " + bad);
                                }
                            }))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("item " + bad);
                    assertThat(timesDone(pool, 40)).containsOnly(1);
                }
                assertThatThrownBy(() -> pool.run(40, (from, to, worker) -> {
                            throw new AssertionError("all");
                        }))
                        .isInstanceOf(AssertionError.class)
                        .hasMessage("all");
                assertThat(timesDone(pool, 40)).containsOnly(1);
            }
        }
    }

    @Test
    void severalThreadsMayCallAtOnce() throws Exception {
        try (var pool = new WorkerPool(2);
                var callers = Executors.newFixedThreadPool(4)) {
            var results = new ArrayList<Future<Integer>>();
            for (int caller = 0; caller < 4; caller++) {
                results.add(callers.submit(() -> {
                    int wrong = 0;
                    for (int run = 0; run < 300; run++) {
                        wrong += (int) java.util.Arrays.stream(timesDone(pool, 37))
                                .filter(n -> n != 1)
                                .count();
                    }
                    return wrong;
                }));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isZero();
            }
        }
    }

    @Test
    void aRunAllocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().threadId();
        var sums = new long[64];
        WorkerPool.Task task = (from, to, worker) -> sums[worker * 16] += to - from;
        try (var pool = new WorkerPool(2)) {
            for (int run = 0; run < 2_000; run++) {
                pool.run(20, task);
            }
            long before = threads.getThreadAllocatedBytes(self);
            for (int run = 0; run < 10_000; run++) {
                pool.run(20, task);
            }
            long allocated = threads.getThreadAllocatedBytes(self) - before;
            // Waiting in line for the lock would allocate, and the bean's own call may; a run may not.
            assertThat(allocated).isLessThan(10_000);
        }
        assertThat(sums[0] + sums[16]).isEqualTo(12_000 * 20);
    }

    @Test
    void workersThatFellAsleepWakeUpForTheNextRun() throws Exception {
        try (var pool = new WorkerPool(3)) {
            List<Thread> workers = workersOf(pool);
            for (int round = 0; round < 3; round++) {
                await().until(() -> workers.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
                assertThat(timesDone(pool, 100)).containsOnly(1);
                assertThat(workersOf(pool)).containsExactlyInAnyOrderElementsOf(workers);
            }
        }
    }

    /** The pool's threads beside the caller, caught at work: each item waits until all three have one. */
    private static List<Thread> workersOf(WorkerPool pool) {
        var seen = ConcurrentHashMap.<Thread>newKeySet();
        var all = new CountDownLatch(pool.workers());
        pool.run(pool.workers(), (from, to, worker) -> {
            seen.add(Thread.currentThread());
            all.countDown();
            awaitLatch(all);
        });
        seen.remove(Thread.currentThread());
        assertThat(seen).hasSize(pool.workers() - 1).allMatch(Thread::isDaemon);
        return List.copyOf(seen);
    }

    @Test
    void closingEndsTheThreadsAndRefusesFurtherRuns() {
        var asleep = new WorkerPool(3);
        List<Thread> workers = workersOf(asleep);
        await().until(() -> workers.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
        asleep.close();
        await().until(() -> workers.stream().noneMatch(Thread::isAlive));
        asleep.close();
        assertThatThrownBy(() -> asleep.run(1, (from, to, worker) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");

        var awake = new WorkerPool(2);
        List<Thread> spinning = workersOf(awake);
        awake.close();
        await().until(() -> spinning.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void closingWaitsForTheRunThatIsUnderWay() throws InterruptedException, ExecutionException {
        var pool = new WorkerPool(2);
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var done = new AtomicInteger();
            Future<?> run = threads.submit(() -> pool.run(8, (from, to, worker) -> {
                started.countDown();
                awaitLatch(release);
                done.addAndGet(to - from);
            }));
            started.await();
            Future<Integer> closing = threads.submit(() -> {
                pool.close();
                return done.get();
            });
            release.countDown();
            run.get();
            assertThat(closing.get()).isEqualTo(8);
        }
    }

    @Test
    void aNumberOfWorkersOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new WorkerPool(0)).hasMessageContainingAll("0", "1 to 1024");
        assertThatThrownBy(() -> new WorkerPool(1025)).hasMessageContainingAll("1025", "1 to 1024");
    }
}
