package dev.confab.ui.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All news of a session's calls, for one thread that passes them on.
 *
 * <p>The session keeps nothing of a call whose end was passed on; so close a stream as soon as its reader is gone.
 */
public final class SessionStream implements AutoCloseable {
    private final Session session;

    SessionStream(Session session) {
        this.session = session;
    }

    /**
     * An event of a call.
     *
     * @param eventId names the call
     * @param event what happened
     */
    public record Item(String eventId, CallEvent event) {}

    /**
     * What happened since the last batch.
     *
     * @param items in order for each call; empty if nothing happened in time
     * @param last whether the stream is over: no call is left, or another stream was opened
     */
    public record Batch(List<Item> items, boolean last) {}

    /**
     * Waits for news.
     *
     * @param time how long to wait at most
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Batch next(Duration time) throws InterruptedException {
        Batch batch = session.await(this::poll, time);
        return batch == null ? new Batch(List.of(), false) : batch;
    }

    private @Nullable Batch poll() {
        if (!session.isCurrent(this)) {
            return new Batch(List.of(), true);
        }
        List<Item> items = new ArrayList<>();
        Iterator<CallReader> readers = session.readers().values().iterator();
        while (readers.hasNext()) {
            CallReader reader = readers.next();
            for (CallEvent event = reader.poll(); event != null; event = reader.poll()) {
                items.add(new Item(reader.call().eventId(), event));
            }
            if (reader.sawEnd()) {
                reader.close();
                readers.remove();
            }
        }
        boolean last = session.readers().isEmpty();
        return items.isEmpty() && !last ? null : new Batch(items, last);
    }

    /** Ends the stream. Calls that it did not see the end of are read by the next one, in full. */
    @Override
    public void close() {
        session.streamLeft(this);
    }
}
