package dev.confab.engine.generation;

import dev.confab.engine.model.Gpt2;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the requests of all threads share forward passes (continuous batching, after Yu et al. 2022, "Orca"): each pass
 * reads the next token of every reply under way and, beside them, parts of the prompts of those that have just begun.
 * Requests come and go between passes.
 *
 * <p>There is no thread of its own. One of the threads that wait for a reply leads: it computes for all of them until
 * there is something to tell its own listener; then it gives the lead to another and does that. So a single user's thread
 * does everything by itself, at the cost of a free lock, and a listener that dawdles never holds up the batch.
 *
 * <p>Requests wait in line, and callers with several take turns with the others. What comes out of a request does not
 * depend on which others there are. Usable from any thread.
 */
final class BatchScheduler {
    private final Gpt2 model;
    private final BatchLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private final List<Call> calls = new ArrayList<>();
    private final KeyValueBudget memory;
    private boolean led;
    private long promptTokensComputed;
    private long promptTokensReused;
    private long generatedTokens;

    /** Both belong to the leader; others look at them only while nobody leads. */
    private final List<Entry> running = new ArrayList<>();

    private final BatchStep step;

    BatchScheduler(Gpt2 model, BatchLimits limits) {
        this.model = model;
        this.limits = limits;
        memory = new KeyValueBudget(model);
        step = new BatchStep(model, limits.tokensPerStep(), this::evictColdest);
    }

    /** A job in the batch. */
    record Entry(Job job, Call call) {}

    Gpt2 model() {
        return model;
    }

    /**
     * Serves requests and returns when all are done; the calling thread hears of each token.
     *
     * @return a result for each, in their order
     * @throws OverloadedException if too many calls wait already
     * @throws RuntimeException what a listener or a request of these has thrown; then the others are given up
     */
    List<GenerationResult> serve(List<Job> jobs) {
        Call call = enter(jobs);
        try {
            boolean over;
            do {
                over = proceed(call);
                call.deliver();
            } while (!over);
        } catch (RuntimeException | Error e) {
            leave(call);
            throw e;
        }
        lock.lock();
        try {
            calls.remove(call);
        } finally {
            lock.unlock();
        }
        return call.results();
    }

    private Call enter(List<Job> jobs) {
        lock.lock();
        try {
            int free = Math.max(0, limits.running() - running.size());
            if (waiting.size() >= limits.waiting() + free) {
                throw new OverloadedException(waiting.size());
            }
            var call = new Call(jobs, lock.newCondition());
            calls.add(call);
            if (!jobs.isEmpty()) {
                waiting.add(call);
            }
            return call;
        } finally {
            lock.unlock();
        }
    }

    /** Computes, or waits for who does, until the call has something to deliver; whether that is the last of it. */
    private boolean proceed(Call call) {
        lock.lock();
        try {
            while (!call.hasNews() && !call.over()) {
                if (led) {
                    call.park();
                } else {
                    lead();
                }
            }
            call.takeNews();
            passLeadOn();
            return call.over();
        } finally {
            lock.unlock();
        }
    }

    /** One step for all, the forward pass without the lock. */
    private void lead() {
        admit();
        if (running.isEmpty()) {
            return;
        }
        led = true;
        lock.unlock();
        try {
            step.run(running);
        } finally {
            lock.lock();
            led = false;
            settle();
        }
    }

    /** Wakes someone to lead if nobody does and someone sleeps; who does not sleep will look by itself. */
    private void passLeadOn() {
        if (!led && (!running.isEmpty() || !waiting.isEmpty())) {
            for (int i = 0; i < calls.size(); i++) {
                if (calls.get(i).wake()) {
                    return;
                }
            }
        }
    }

    /** Gives a call up, once none of it is in the forward pass that is running. */
    private void leave(Call call) {
        lock.lock();
        try {
            call.abandon();
            waiting.remove(call);
            while (led && isRunning(call)) {
                call.park();
            }
            if (!led) {
                dropAbandoned();
            }
            calls.remove(call);
            passLeadOn();
        } finally {
            lock.unlock();
        }
    }

    private boolean isRunning(Call call) {
        return running.stream().anyMatch(entry -> entry.call() == call);
    }

    // --- between steps, with the lock

    /** Lets those begin whose turn it is and for whom there is room. */
    private void admit() {
        dropAbandoned();
        if (waiting.isEmpty()) {
            return;
        }
        while (!waiting.isEmpty() && running.size() < limits.running()) {
            Call call = waiting.getFirst();
            if (!memory.reserve(call.nextWaiting())) {
                break;
            }
            waiting.removeFirst();
            begin(new Entry(call.takeWaiting(), call));
            if (call.hasWaiting() && !call.abandoned()) {
                waiting.addLast(call);
            } else {
                call.moveTo(0);
            }
        }
        dropCancelled();
        int place = 1;
        for (Call call : waiting) {
            call.moveTo(place++);
        }
    }

    private void begin(Entry entry) {
        Job job = entry.job();
        try {
            job.start();
            running.add(entry);
        } catch (RuntimeException | Error e) {
            job.fail(e);
            end(entry);
        }
    }

    /** Ends the requests that were cancelled while they waited. */
    private void dropCancelled() {
        for (Iterator<Call> line = waiting.iterator(); line.hasNext(); ) {
            Call call = line.next();
            while (call.hasWaiting() && call.nextWaiting().cancelledWhileWaiting()) {
                call.ended(call.takeWaiting());
            }
            if (!call.hasWaiting()) {
                line.remove();
            }
        }
    }

    private void dropAbandoned() {
        for (int i = running.size() - 1; i >= 0; i--) {
            Entry entry = running.get(i);
            if (entry.call().abandoned()) {
                running.remove(i);
                entry.job().release();
                memory.release(entry.job());
                entry.call().ended(entry.job());
            }
        }
        if (!waiting.isEmpty()) {
            waiting.removeIf(Call::abandoned);
        }
    }

    /** Takes those out that are done, and wakes whoever has something to hear. */
    private void settle() {
        step.count();
        for (int i = running.size() - 1; i >= 0; i--) {
            Entry entry = running.get(i);
            if (entry.job().over()) {
                running.remove(i);
                end(entry);
            } else if (entry.job().events().pending()) {
                entry.call().notifyCaller();
            }
        }
    }

    private void end(Entry entry) {
        Job job = entry.job();
        job.complete();
        memory.release(job);
        GenerationResult result = job.finished();
        if (result != null) {
            promptTokensComputed += result.promptTokensComputed();
            promptTokensReused += result.promptTokensReused();
            for (GeneratedSequence sequence : result.sequences()) {
                generatedTokens += sequence.length();
            }
        }
        entry.call().ended(job);
    }

    // --- sessions

    private boolean evictColdest() {
        lock.lock();
        try {
            return memory.evictColdest();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps idle caches from being emptied until {@link #unlock}. */
    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** How many tokens an idle session's cache holds. */
    int cachedTokens(CachedTokens cached) {
        lock.lock();
        try {
            return cached.cache().length();
        } finally {
            lock.unlock();
        }
    }

    /** Closes a session's cache. */
    void close(CachedTokens cached) {
        lock.lock();
        try {
            memory.forget(cached);
            cached.close();
        } finally {
            lock.unlock();
        }
    }

    /** What was done and what is under way. */
    BatchStatistics statistics() {
        lock.lock();
        try {
            return new BatchStatistics(
                    running.size(),
                    waiting.size(),
                    step.steps(),
                    step.segments(),
                    step.tokens(),
                    promptTokensComputed,
                    promptTokensReused,
                    generatedTokens,
                    memory.evictions(),
                    model.keyValueBytes(),
                    model.keyValueCapacity());
        } finally {
            lock.unlock();
        }
    }
}
