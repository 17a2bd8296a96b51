package dev.confab.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The first request of a server's life. Usable from any thread. */
final class FirstVisit {
    /** Who waits for the server asks again and again, so that the first request comes at once or not for a while. */
    private static final Duration COMES_WITHIN = Duration.ofMillis(20);

    private static final Duration TAKES_AT_MOST = Duration.ofMillis(250);

    private final Duration comesWithin;
    private final Duration takesAtMost;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    FirstVisit() {
        this(COMES_WITHIN, TAKES_AT_MOST);
    }

    FirstVisit(Duration comesWithin, Duration takesAtMost) {
        this.comesWithin = comesWithin;
        this.takesAtMost = takesAtMost;
    }

    /** A request has come. */
    void begins() {
        begun.countDown();
    }

    /** It has been answered. */
    void ends() {
        ended.countDown();
    }

    /** Waits until it is answered; hardly at all if nobody asks. */
    void await() throws InterruptedException {
        if (begun.await(comesWithin.toNanos(), TimeUnit.NANOSECONDS)) {
            ended.await(takesAtMost.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
