package dev.confab.training.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts words on several threads: the calling one reads the texts and hands them on in batches, each worker in its turn,
 * and waits for a worker that is still busy, so that few batches are in memory at a time.
 */
final class ParallelWordCounter {
    private static final int BATCH_CHARACTERS = 1 << 20;

    private final Worker[] workers;
    private List<String> batch = new ArrayList<>();
    private long batchCharacters;
    private int turn;
    private long texts;

    /** For one count. */
    ParallelWordCounter(int threads) {
        workers = new Worker[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = new Worker();
        }
    }

    /** How many texts were read. */
    long texts() {
        return texts;
    }

    WordCounts count(Stream<String> source) {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                workers.length,
                Thread.ofPlatform().daemon().name("confab-words-", 0).factory())) {
            source.sequential().forEachOrdered(text -> add(text, threads));
            handOn(threads);
            for (Worker worker : workers) {
                worker.await();
            }
        }
        WordCounts all = workers[0].words;
        for (int i = 1; i < workers.length; i++) {
            all.addAll(workers[i].words);
        }
        return all;
    }

    private void add(String text, ExecutorService threads) {
        texts++;
        batch.add(text);
        batchCharacters += text.length() + 1;
        if (batchCharacters >= BATCH_CHARACTERS) {
            handOn(threads);
        }
    }

    private void handOn(ExecutorService threads) {
        Worker worker = workers[turn];
        turn = (turn + 1) % workers.length;
        worker.await();
        List<String> full = batch;
        worker.task = CompletableFuture.runAsync(() -> full.forEach(worker.words::addText), threads);
        batch = new ArrayList<>();
        batchCharacters = 0;
    }

    private static final class Worker {
        private final WordCounts words = new WordCounts();
        private @Nullable CompletableFuture<Void> task;

        private void await() {
            try {
                if (task != null) {
                    task.join();
                }
            } catch (CompletionException e) {
                switch (e.getCause()) {
                    case RuntimeException cause -> throw cause;
                    case Error cause -> throw cause;
                    case null, default -> throw e;
                }
            }
        }
    }
}
