package dev.confab.dialogue;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.Session;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the model has read of conversations that are silent at the moment. It is a convenience: when it takes more than
 * its bound, that of the conversations which have been silent longest is let go, and read again if they go on. Within the
 * bound, the model itself empties idle sessions when it needs their memory.
 *
 * <p>Usable from any thread.
 */
final class SessionCache implements AutoCloseable {
    private final LanguageModel model;
    private final long bytesPerToken;
    private final long mostBytes;
    private final Map<Object, Session> idle = new LinkedHashMap<>();
    private boolean closed;

    SessionCache(LanguageModel model, long mostBytes) {
        this.model = model;
        this.mostBytes = mostBytes;
        bytesPerToken = model.model().keyValueBytesPerToken();
    }

    /** The session of a conversation for its next reply: the one that it had, if it is still there. */
    synchronized Session take(Object conversation) {
        Session own = idle.remove(conversation);
        return own == null ? model.newSession() : own;
    }

    /** Keeps a session for the next reply. */
    synchronized void giveBack(Object conversation, Session session) {
        if (closed) {
            session.close();
            return;
        }
        idle.put(conversation, session);
        long bytes = bytes();
        Iterator<Session> longestSilent = idle.values().iterator();
        while (bytes > mostBytes && longestSilent.hasNext()) {
            Session gone = longestSilent.next();
            bytes -= gone.cachedTokens() * bytesPerToken;
            gone.close();
            longestSilent.remove();
        }
    }

    /** Lets the session of a conversation go. */
    synchronized void drop(Object conversation) {
        Session session = idle.remove(conversation);
        if (session != null) {
            session.close();
        }
    }

    /** How many conversations have a session here. */
    synchronized int size() {
        return idle.size();
    }

    /** Bytes of all sessions that are kept. */
    synchronized long bytes() {
        return idle.values().stream()
                .mapToLong(session -> session.cachedTokens() * bytesPerToken)
                .sum();
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.values().forEach(Session::close);
        idle.clear();
    }
}
