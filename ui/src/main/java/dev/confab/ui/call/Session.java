package dev.confab.ui.call;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One user's tab or script: its states, its calls, and whoever waits for news of them. */
public final class Session {
    private final String id;
    private final @Nullable String user;
    private final String address;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, @Nullable Object> states = new HashMap<>();
    private final Map<String, CallReader> readers = new LinkedHashMap<>();
    private @Nullable SessionStream stream;
    private int calls;
    private long usedAt = System.nanoTime();

    Session(String id, @Nullable String user, String address) {
        this.id = id;
        this.user = user;
        this.address = address;
    }

    /** Names the session to functions. */
    public String id() {
        return id;
    }

    /** Whose it is, if users log in. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** Whose calls count together: those of a user who is logged in, or of an address. */
    String visitor() {
        return user == null ? "address " + address : "user " + user;
    }

    /**
     * Opens the stream that carries the news of all calls made with {@link Calls#submit}, in full for those whose end
     * nobody has read. A stream that is open already ends: a session has one.
     */
    public SessionStream openStream() {
        return changeAndGet(() -> {
            SessionStream next = new SessionStream(this);
            readers.replaceAll((_, old) -> {
                Call call = old.call();
                CallReader again = call.newReader(0);
                old.close();
                return again;
            });
            stream = next;
            return next;
        });
    }

    // --- for the stream, with the lock held

    boolean isCurrent(SessionStream candidate) {
        return stream == candidate;
    }

    Map<String, CallReader> readers() {
        return readers;
    }

    /** The stream is gone: calls go on, but nobody reads them. */
    void streamLeft(SessionStream left) {
        change(() -> {
            if (stream == left) {
                stream = null;
                readers.values().forEach(CallReader::close);
                readers.values().removeIf(CallReader::sawEnd);
            }
        });
    }

    /** From now on the stream tells of the call; before one is opened, nobody reads. */
    void follow(Call call) {
        change(() -> {
            CallReader reader = call.newReader(0);
            if (stream == null) {
                reader.close();
            }
            readers.put(call.eventId(), reader);
        });
    }

    void forget(Call call) {
        change(() -> {
            CallReader reader = readers.remove(call.eventId());
            if (reader != null) {
                reader.close();
            }
        });
    }

    // --- states

    /** What the session's last call left, or what the state begins with. */
    @Nullable
    Object state(Parameter parameter) {
        lock.lock();
        try {
            return states.containsKey(parameter.id())
                    ? states.get(parameter.id())
                    : parameter.component().value();
        } finally {
            lock.unlock();
        }
    }

    void setState(Parameter parameter, @Nullable Object value) {
        change(() -> states.put(parameter.id(), value));
    }

    // --- whether it is in use

    void callBegan() {
        change(() -> calls++);
    }

    void callEnded() {
        change(() -> calls--);
    }

    /** Somebody is there: the session is kept for its full time from now on. */
    public void touch() {
        change(() -> usedAt = System.nanoTime());
    }

    boolean isIdleFor(Duration limit, long now) {
        return changeAndGet(() -> calls == 0 && stream == null && now - usedAt > limit.toNanos());
    }

    boolean isIdle() {
        return changeAndGet(() -> calls == 0 && stream == null);
    }

    // --- the lock

    void change(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean changeAndGet(BooleanSupplier action) {
        lock.lock();
        try {
            return action.getAsBoolean();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    <T> T changeAndGet(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Waits until there is an answer, which is not null, and returns it; null if there was none in time. */
    <T> @Nullable T await(Supplier<@Nullable T> question, Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            T answer = question.get();
            while (answer == null && left > 0) {
                left = changed.awaitNanos(left);
                answer = question.get();
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }
}
