package dev.confab.ui.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls of one endpoint that wait, and how many run. Guarded by the lock of {@link Calls}. */
final class Lane {
    /** The share of the newest call in the average, which so follows what is usual now. */
    private static final double NEWEST = 0.3;

    private final Endpoint endpoint;
    private final int visitorLimit;
    private final List<Call> waiting = new ArrayList<>();
    private final Set<Session> busy = new HashSet<>();
    private final Map<String, Integer> runningOfVisitor = new HashMap<>();
    private int running;
    private double averageSeconds = Double.NaN;

    Lane(Endpoint endpoint, int visitorLimit) {
        this.endpoint = endpoint;
        this.visitorLimit = visitorLimit;
    }

    void add(Call call) {
        waiting.add(call);
    }

    boolean remove(Call call) {
        return waiting.remove(call);
    }

    int size() {
        return waiting.size();
    }

    /** How many calls of a visitor wait. */
    int size(String visitor) {
        return (int) waiting.stream()
                .filter(call -> call.session().visitor().equals(visitor))
                .count();
    }

    /** The next call that may run, null if none may. */
    @Nullable
    Call take() {
        if (running >= endpoint.concurrencyLimit()) {
            return null;
        }
        Iterator<Call> calls = waiting.iterator();
        while (calls.hasNext()) {
            Call call = calls.next();
            if (mayRun(call.session())) {
                calls.remove();
                running++;
                busy.add(call.session());
                runningOfVisitor.merge(call.session().visitor(), 1, Integer::sum);
                return call;
            }
        }
        return null;
    }

    /** A session's stateful calls follow one another, and a visitor's are limited. */
    private boolean mayRun(Session session) {
        return runningOfVisitor.getOrDefault(session.visitor(), 0) < visitorLimit
                && !(endpoint.isStateful() && busy.contains(session));
    }

    void ended(Call call, Duration duration) {
        running--;
        busy.remove(call.session());
        runningOfVisitor.computeIfPresent(call.session().visitor(), (_, count) -> count == 1 ? null : count - 1);
        double seconds = duration.toNanos() / 1e9;
        averageSeconds = Double.isNaN(averageSeconds) ? seconds : averageSeconds + NEWEST * (seconds - averageSeconds);
    }

    @Nullable
    Duration average() {
        return Double.isNaN(averageSeconds) ? null : Duration.ofNanos((long) (averageSeconds * 1e9));
    }

    /** Tells each waiting call its place. */
    void tellPlaces(int queueSize) {
        Duration average = average();
        for (int rank = 0; rank < waiting.size(); rank++) {
            Duration expected =
                    average == null ? null : average.multipliedBy(rank + 1L).dividedBy(endpoint.concurrencyLimit());
            waiting.get(rank).setPlace(new CallEvent.Waiting(rank, queueSize, expected));
        }
    }
}
