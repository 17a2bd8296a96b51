package dev.confab.ui.call;

import dev.confab.ui.component.FileStore;
import dev.confab.ui.component.InvalidValueException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All calls: queues them, runs as many at once as each endpoint allows, and keeps their results for a while. Safe for use
 * by several threads.
 */
public final class Calls implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Calls.class.getName());
    private static final int MAX_KEPT = 1000;

    private final CallLimits limits;
    private final boolean showErrors;
    private final FileStore files;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Lane> lanes = new HashMap<>();
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private boolean closed;

    /**
     * No calls yet.
     *
     * @param showErrors whether users see the message of any exception, not only of a {@link UserError}
     * @param files where files in results are put
     */
    public Calls(CallLimits limits, boolean showErrors, FileStore files) {
        this.limits = limits;
        this.showErrors = showErrors;
        this.files = files;
    }

    /**
     * Queues a call whose news the session's stream tells.
     *
     * @param inputs as {@link Endpoint#read} made them
     * @throws QueueFullException if too many calls wait
     * @throws VisitorQueueFullException if too many of them are this visitor's
     */
    public Call submit(Endpoint endpoint, Session session, List<@Nullable Object> inputs) {
        return submit(endpoint, session, inputs, true, _ -> {});
    }

    /**
     * Queues a call that the caller reads with a reader of its own.
     *
     * @param inputs as {@link Endpoint#read} made them
     * @param whenEnded is told the last event, whoever reads, by some thread and perhaps before this method returns
     * @throws QueueFullException if too many calls wait
     * @throws VisitorQueueFullException if too many of them are this visitor's
     */
    public Call submitAlone(
            Endpoint endpoint, Session session, List<@Nullable Object> inputs, Consumer<CallEvent> whenEnded) {
        return submit(endpoint, session, inputs, false, whenEnded);
    }

    private Call submit(
            Endpoint endpoint,
            Session session,
            List<@Nullable Object> inputs,
            boolean followed,
            Consumer<CallEvent> whenEnded) {
        Call call = new Call(Identifiers.next(), endpoint, session, inputs, files, whenEnded);
        lock.lock();
        try {
            if (waiting() >= limits.queueSize() || closed) {
                throw new QueueFullException(waiting());
            }
            Lane lane = lanes.computeIfAbsent(endpoint.id(), _ -> new Lane(endpoint, limits.visitorLimit()));
            int own = lane.size(session.visitor());
            if (own >= limits.placesOfVisitor()) {
                throw new VisitorQueueFullException(own);
            }
            makeRoom();
            calls.put(call.eventId(), call);
            session.callBegan();
            if (followed) {
                session.follow(call);
            }
            lane.add(call);
            dispatch(lane);
        } finally {
            lock.unlock();
        }
        return call;
    }

    /** How many calls wait. */
    public int waiting() {
        lock.lock();
        try {
            return lanes.values().stream().mapToInt(Lane::size).sum();
        } finally {
            lock.unlock();
        }
    }

    /** A call that waits, runs, or ended not long ago. */
    public Optional<Call> find(String eventId) {
        lock.lock();
        try {
            return Optional.ofNullable(calls.get(eventId));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a call. Its readers get the values that there are; its thread is interrupted.
     *
     * @return false if it had ended before
     */
    public boolean cancel(Call call) {
        boolean ended;
        lock.lock();
        try {
            ended = call.cancel();
            Lane lane = lanes.get(call.endpoint().id());
            if (lane != null && lane.remove(call)) {
                call.session().callEnded();
                dispatch(lane);
            }
        } finally {
            lock.unlock();
        }
        if (ended) {
            call.tellEnd();
        }
        return ended;
    }

    /**
     * Cancels what nobody reads and forgets what ended long ago.
     *
     * @param now the time by {@link System#nanoTime}
     */
    public void sweep(long now) {
        for (Call call : all()) {
            if (call.isUnreadFor(limits.abandonedAfter(), now)) {
                cancel(call);
            } else if (call.isEndedFor(limits.keptFor(), now)) {
                forget(call);
            } else if (call.isEndedFor(limits.abandonedAfter(), now)) {
                call.trim();
            }
        }
    }

    /** Cancels all calls and takes no more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        all().forEach(this::cancel);
    }

    private List<Call> all() {
        lock.lock();
        try {
            return new ArrayList<>(calls.values());
        } finally {
            lock.unlock();
        }
    }

    /** Of the calls that have ended, the newest are kept. */
    private void makeRoom() {
        if (calls.size() >= MAX_KEPT) {
            long now = System.nanoTime();
            all().stream()
                    .filter(call -> call.isEndedFor(Duration.ZERO, now))
                    .findFirst()
                    .ifPresent(this::forget);
        }
    }

    private void forget(Call call) {
        lock.lock();
        try {
            calls.remove(call.eventId());
        } finally {
            lock.unlock();
        }
        call.session().forget(call);
    }

    /** Starts what may start; the lock has to be held. */
    private void dispatch(Lane lane) {
        for (Call call = lane.take(); call != null; call = lane.take()) {
            Call next = call;
            Thread.ofVirtual().name("call-" + call.eventId()).start(() -> run(lane, next));
        }
        int waiting = waiting();
        lane.tellPlaces(waiting);
    }

    private void run(Lane lane, Call call) {
        long begin = System.nanoTime();
        boolean ended = false;
        if (call.start(average(lane))) {
            try {
                call.run();
                call.release();
                Duration duration = Duration.ofNanos(System.nanoTime() - begin);
                Duration average = average(lane);
                ended = call.complete(duration, average == null ? duration : average);
            } catch (Throwable e) {
                call.release();
                ended = !call.cancelled() && call.fail(messageOf(call, e));
            }
        }
        lock.lock();
        try {
            lane.ended(call, Duration.ofNanos(System.nanoTime() - begin));
            call.session().callEnded();
            dispatch(lane);
        } finally {
            lock.unlock();
        }
        if (ended) {
            call.tellEnd();
        }
    }

    private @Nullable Duration average(Lane lane) {
        lock.lock();
        try {
            return lane.average();
        } finally {
            lock.unlock();
        }
    }

    private String messageOf(Call call, Throwable e) {
        if (e instanceof UserError || e instanceof InvalidValueException) {
            return String.valueOf(e.getMessage());
        }
        LOGGER.log(Level.ERROR, "the function of /" + call.endpoint().name() + " failed", e);
        return showErrors ? e.toString() : "The function failed; the server's log says why.";
    }
}
