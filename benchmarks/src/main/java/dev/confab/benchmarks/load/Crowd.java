package dev.confab.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * People who chat all at once, the same ones with each server that they meet.
 *
 * @param people how many there are
 * @param habits how they chat
 * @param warmUp how long they do before anything is measured; all of them begin within it
 * @param measured how long is measured
 * @param seed the same seed says the same
 */
record Crowd(int people, Habits habits, Duration warmUp, Duration measured, long seed) {

    /**
     * Lets them chat with a server.
     *
     * @param process the server's, whose memory is looked at; null for none
     */
    LoadReport meet(ServerUnderTest server, @Nullable Long process)
            throws IOException, ExecutionException, InterruptedException {
        long from = System.nanoTime() + warmUp.toNanos();
        long to = from + measured.toNanos();
        try (var memory = ServerMemory.watch(process)) {
            List<Turn> all = chat(server, to);
            return LoadReport.of(people, all, from, to, memory.peakBytes());
        }
    }

    private List<Turn> chat(ServerUnderTest server, long end)
            throws IOException, ExecutionException, InterruptedException {
        List<List<String>> scripts = ScriptFile.read("held-out.jsonl");
        List<Turn> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Turn>>> chats = new ArrayList<>();
            for (int number = 0; number < people; number++) {
                chats.add(threads.submit(new Person(server, scripts, habits, seed * 1_000_003 + number, end)));
            }
            for (Future<List<Turn>> chat : chats) {
                all.addAll(chat.get());
            }
        }
        return all;
    }
}
