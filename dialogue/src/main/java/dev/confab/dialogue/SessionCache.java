package dev.confab.dialogue;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.Session;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the model has read of conversations that are silent at the moment. It is a convenience: when it takes more than
 * its bound, that of the conversations which have been silent longest is let go, and read again if they go on.
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

    /**
     * The session of a conversation for its next reply: the one that it had, if it is still there. Others are let go if
     * there would not be room for it to become as long as the model allows.
     */
    synchronized Session take(Object conversation) {
        Session own = idle.remove(conversation);
        long needed = model.config().positions() * bytesPerToken;
        Iterator<Session> longestSilent = idle.values().iterator();
        while (free() < needed && longestSilent.hasNext()) {
            longestSilent.next().close();
            longestSilent.remove();
        }
        return own == null ? model.newSession() : own;
    }

    private long free() {
        return model.model().keyValueCapacity() - model.model().keyValueBytes();
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

    /** Lets all sessions go, and tells whether there were any. */
    synchronized boolean dropAll() {
        boolean any = !idle.isEmpty();
        idle.values().forEach(Session::close);
        idle.clear();
        return any;
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
        dropAll();
    }
}
