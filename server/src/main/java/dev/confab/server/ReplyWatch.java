package dev.confab.server;

import dev.confab.dialogue.Conversation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Ends a reply that nobody wants any more, or that takes too long; even one of which nothing is shown before it is
 * complete. Made and closed by the thread that waits for the reply.
 */
final class ReplyWatch implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(50);

    private final Conversation conversation;
    private final BooleanSupplier unwanted;
    private final long end;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean expired;

    private ReplyWatch(Conversation conversation, BooleanSupplier unwanted, Duration time) {
        this.conversation = conversation;
        this.unwanted = unwanted;
        end = System.nanoTime() + time.toNanos();
    }

    /**
     * Watches the reply that a conversation is about to make.
     *
     * @param unwanted whether it may end with what there is
     * @param time the longest that it may take
     */
    static ReplyWatch of(Conversation conversation, BooleanSupplier unwanted, Duration time) {
        var watch = new ReplyWatch(conversation, unwanted, time);
        Thread.ofVirtual().name("reply-watch").start(watch::run);
        return watch;
    }

    /** Whether the reply was ended as its time was over. */
    boolean expired() {
        return expired;
    }

    /** Again and again, as the reply may not have begun yet when it is ended first. */
    private void run() {
        try {
            while (!closed.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                expired = expired || System.nanoTime() - end >= 0;
                if (expired || unwanted.getAsBoolean()) {
                    conversation.cancel();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
