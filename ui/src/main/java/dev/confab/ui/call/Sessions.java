package dev.confab.ui.call;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All sessions, at most so many, each until it was not used for some time. The session that was not used for longest
 * goes first; one with calls or an open stream never does. Safe for use by several threads.
 */
public final class Sessions {
    private final int capacity;
    private final Duration timeToLive;
    private final Map<Key, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(@Nullable String user, String hash) {}

    /**
     * No session yet.
     *
     * @param capacity how many are kept
     * @param timeToLive how long one is kept after it was last used
     */
    public Sessions(int capacity, Duration timeToLive) {
        this.capacity = capacity;
        this.timeToLive = timeToLive;
    }

    /**
     * The session of a name, a new one if there is none. Users never share one, whatever they call it.
     *
     * @param user who is logged in, null if nobody has to be
     * @param address where the request comes from
     * @param hash what the client calls it
     */
    public synchronized Session get(@Nullable String user, String address, String hash) {
        Session session =
                sessions.computeIfAbsent(new Key(user, hash), _ -> new Session(Identifiers.next(), user, address));
        session.touch();
        Iterator<Session> eldest = sessions.values().iterator();
        while (sessions.size() > capacity && eldest.hasNext()) {
            Session candidate = eldest.next();
            if (candidate != session && candidate.isIdle()) {
                eldest.remove();
            }
        }
        return session;
    }

    /** A session for a single call, which nobody can come back to. */
    public Session single(@Nullable String user, String address) {
        return new Session(Identifiers.next(), user, address);
    }

    /** How many there are. */
    public synchronized int size() {
        return sessions.size();
    }

    /**
     * Forgets those that were not used for long.
     *
     * @param now the time by {@link System#nanoTime}
     */
    public synchronized void sweep(long now) {
        sessions.values().removeIf(session -> session.isIdleFor(timeToLive, now));
    }
}
