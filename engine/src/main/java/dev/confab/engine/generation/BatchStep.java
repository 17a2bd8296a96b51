package dev.confab.engine.generation;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.BatchScheduler.Entry;
import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.Gpt2;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One step of a batch: a forward pass over the next token of every reply under way and parts of the prompts that are still
 * being read, and what follows from it for each of them. A request that fails says so itself and leaves the others alone.
 *
 * <p>For the thread that leads, without the scheduler's lock; the counters are counted and read with it.
 */
final class BatchStep {
    /** A prompt gets on by so many tokens in each pass, whatever else is in it. */
    private static final int LEAST_PROMPT_TOKENS = 16;

    private final Gpt2 model;
    private final int mostTokens;
    private final BooleanSupplier evictColdest;
    private final ForwardBatch batch = new ForwardBatch();
    private long steps;
    private long segments;
    private long tokens;

    /**
     * Nothing computed yet.
     *
     * @param mostTokens how many tokens a pass has room for; prompts share what the replies leave
     * @param evictColdest empties an idle session, and tells whether there was one
     */
    BatchStep(Gpt2 model, int mostTokens, BooleanSupplier evictColdest) {
        this.model = model;
        this.mostTokens = mostTokens;
        this.evictColdest = evictColdest;
    }

    void run(List<Entry> running) {
        batch.clear();
        int reading = 0;
        for (int i = 0; i < running.size(); i++) {
            if (running.get(i).job().run().unreadPrompt() > 0) {
                reading++;
            } else {
                enqueue(running.get(i).job(), 0);
            }
        }
        if (reading > 0) {
            enqueuePrompts(running, reading);
        }
        if (batch.segments() > 0 && forward(running)) {
            for (int i = 0; i < running.size(); i++) {
                advance(running.get(i).job());
            }
        }
        if (running.size() > 1) {
            letOthersListen();
        }
    }

    /** On virtual threads and a single processor, they would not hear of their tokens before the leader is done. */
    @SuppressWarnings("ThreadPriorityCheck") // This is about virtual threads, which only stop where they are asked to.
    private static void letOthersListen() {
        Thread.yield();
    }

    /** Shares what the replies leave of the pass among the prompts; a short one leaves more for those after it. */
    private void enqueuePrompts(List<Entry> running, int count) {
        int left = Math.max(mostTokens - batch.tokens(), 0);
        int prompts = count;
        for (int i = 0; i < running.size() && prompts > 0; i++) {
            Job job = running.get(i).job();
            int unread = job.run().unreadPrompt();
            if (unread > 0) {
                int share = Math.max(left / prompts, Math.min(LEAST_PROMPT_TOKENS, mostTokens));
                enqueue(job, share);
                left = Math.max(left - Math.min(share, unread), 0);
                prompts--;
            }
        }
    }

    private void enqueue(Job job, int mostPromptTokens) {
        int first = batch.segments();
        try {
            job.run().enqueue(batch, mostPromptTokens);
            reserve(first);
        } catch (RuntimeException | Error e) {
            batch.drop(first);
            job.fail(e);
        }
    }

    /**
     * Takes the memory for new segments. There is room for all requests of this scheduler; but others may use the same
     * model, and then idle sessions give way.
     */
    private void reserve(int firstSegment) {
        while (true) {
            try {
                model.reserve(batch, firstSegment);
                return;
            } catch (ConfabException e) {
                if (!evictColdest.getAsBoolean()) {
                    throw e;
                }
            }
        }
    }

    private boolean forward(List<Entry> running) {
        try {
            model.forward(batch);
            return true;
        } catch (RuntimeException | Error e) {
            for (Entry entry : running) {
                entry.job().fail(e);
            }
            return false;
        }
    }

    private void advance(Job job) {
        if (!job.failed()) {
            try {
                job.run().advance(batch);
            } catch (RuntimeException | Error e) {
                job.fail(e);
            }
        }
    }

    /** Counts the step that was made last. */
    void count() {
        steps++;
        segments += batch.segments();
        tokens += batch.tokens();
    }

    /** Steps so far. */
    long steps() {
        return steps;
    }

    /** Sequences in all steps together. */
    long segments() {
        return segments;
    }

    /** Tokens in all steps together. */
    long tokens() {
        return tokens;
    }
}
