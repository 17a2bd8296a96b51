package dev.confab.ui.call;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Follows one call from its first event, or from where another reader was cut off, to its end. For one thread; others
 * may follow the same call with readers of their own.
 */
public final class CallReader implements AutoCloseable {
    private final Call call;
    private long position;
    private CallEvent.@Nullable Waiting place;
    private boolean sawStart;
    private boolean sawValues;
    private boolean sawEnd;
    private boolean closed;

    CallReader(Call call, long after) {
        this.call = call;
        call.session().change(() -> {
            position = Math.clamp(after, 0, call.log().next());
            sawStart = after > 0;
            sawValues = after > 0 && call.hasEmitted();
            call.readerCame();
        });
    }

    /** What is followed. */
    public Call call() {
        return call;
    }

    /** How many events of the call were read: what a later reader begins after. */
    public long position() {
        return position;
    }

    /** Whether the last event was read. */
    public boolean sawEnd() {
        return sawEnd;
    }

    /**
     * The next event, waiting for it.
     *
     * @param time how long to wait at most
     * @return null if there was none in that time, or the end was read before
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public @Nullable CallEvent next(Duration time) throws InterruptedException {
        return sawEnd ? null : call.session().await(this::poll, time);
    }

    /** The next event if there is one; the session's lock has to be held. */
    @Nullable
    CallEvent poll() {
        if (!sawStart) {
            if (call.isWaiting() || place == null) {
                CallEvent.Waiting now = call.place();
                if (!now.equals(place)) {
                    place = now;
                    return now;
                }
                return null;
            }
            sawStart = true;
            if (call.wasStarted()) {
                return call.started();
            }
        }
        if (position < call.log().first()) {
            position = call.log().next();
            return call.hasEmitted() ? snapshot() : poll();
        }
        if (position < call.log().next()) {
            CallEvent event = call.log().get(position++);
            sawValues |= event instanceof CallEvent.Values;
            return event;
        }
        CallEvent end = call.end();
        if (end == null || sawEnd) {
            return null;
        }
        sawEnd = true;
        return end;
    }

    /** All values at once, for a reader that is too far behind. */
    private CallEvent snapshot() {
        ArrayNode values = call.valuesNow();
        if (!sawValues) {
            sawValues = true;
            return new CallEvent.Values(values);
        }
        ArrayNode edits = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> edits.add(Edits.replace(value)));
        return new CallEvent.Changed(edits);
    }

    /** Ends reading. A call that nobody reads for long is cancelled. */
    @Override
    public void close() {
        call.session().change(() -> {
            if (!closed) {
                closed = true;
                call.readerLeft();
            }
        });
    }
}
