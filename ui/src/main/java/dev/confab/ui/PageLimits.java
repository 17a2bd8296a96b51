package dev.confab.ui;

import dev.confab.ui.call.CallLimits;
import dev.confab.ui.http.PageDefinition.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a page's author says of what it may use up.
 *
 * @param <P> the author's kind of page
 */
abstract sealed class PageLimits<P> extends PageNetwork<P> permits PageAccess {
    private static final int DEFAULT_SESSIONS = 10_000;
    private static final long MEBIBYTE = 1 << 20;

    private CallLimits calls = CallLimits.DEFAULT;
    private int sessionCapacity = DEFAULT_SESSIONS;
    private Duration sessionTimeToLive = Duration.ofHours(1);
    private long maxFileSize = 100 * MEBIBYTE;
    private long maxStoredBytes = 1024 * MEBIBYTE;
    private final List<Path> allowedPaths = new ArrayList<>();

    /** How many calls may wait, 100 unless set; more are refused. */
    public P queueSize(int size) {
        calls = calls.withQueueSize(size);
        return self();
    }

    /**
     * How many calls of one visitor run at once, any number unless set. More of them wait while others pass, and fill at
     * most half of the queue. A visitor is a user who is logged in, or an address.
     */
    public P visitorLimit(int limit) {
        calls = calls.withVisitorLimit(limit);
        return self();
    }

    /** When a call that nobody reads any more is cancelled, 30 seconds unless set. */
    public P abandonedAfter(Duration time) {
        calls = calls.withAbandonedAfter(time);
        return self();
    }

    /**
     * How many sessions are remembered with their states, and how long after their last call; 10,000 and an hour unless
     * set.
     */
    public P sessions(int capacity, Duration timeToLive) {
        if (capacity < 1) {
            throw new IllegalArgumentException("the capacity is " + capacity + ", expected at least 1");
        }
        sessionCapacity = capacity;
        sessionTimeToLive = timeToLive;
        return self();
    }

    /** The largest file to upload in bytes, 100 MiB unless set, and how much all may take, 1 GiB unless set. */
    public P uploads(long largestFile, long allFiles) {
        maxFileSize = largestFile;
        maxStoredBytes = allFiles;
        return self();
    }

    /** Folders whose files anybody who may use the page may download. */
    public P allowedPaths(Path... folders) {
        allowedPaths.addAll(List.of(folders));
        return self();
    }

    final Limits limits() {
        return new Limits(
                calls, sessionCapacity, sessionTimeToLive, maxFileSize, maxStoredBytes, List.copyOf(allowedPaths));
    }
}
