package dev.confab.ui.call;

import dev.confab.ui.component.FileStore;
import dev.confab.ui.conversation.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One call of an endpoint: its place in the queue, its values so far, its end. Guarded by its session's lock. */
public final class Call implements Emitter {
    private enum Phase {
        WAITING,
        RUNNING,
        ENDED
    }

    private final String eventId;
    private final Endpoint endpoint;
    private final Session session;
    private final List<@Nullable Object> inputs;
    private final FileStore files;
    private final Consumer<CallEvent> whenEnded;

    private final OutputValue[] values;
    private final CallLog log = new CallLog();
    private Phase phase = Phase.WAITING;
    private boolean started;
    private boolean emitted;
    private volatile boolean cancelled;
    /** Of a call that runs at once: nobody waits. */
    private CallEvent.Waiting place = new CallEvent.Waiting(0, 0, null);

    private CallEvent.Started start = new CallEvent.Started(null);
    private volatile @Nullable CallEvent end;
    private @Nullable Timings timings;
    private @Nullable Thread thread;
    private int readers;
    private long unreadSince = System.nanoTime();
    private long endedAt;

    /**
     * A call that waits.
     *
     * @param whenEnded is told of the end by {@link #tellEnd}
     */
    Call(
            String eventId,
            Endpoint endpoint,
            Session session,
            List<@Nullable Object> inputs,
            FileStore files,
            Consumer<CallEvent> whenEnded) {
        this.eventId = eventId;
        this.endpoint = endpoint;
        this.session = session;
        this.inputs = inputs;
        this.files = files;
        this.whenEnded = whenEnded;
        this.values = Stream.generate(OutputValue::new)
                .limit(endpoint.outputs().size())
                .toArray(OutputValue[]::new);
    }

    /** Names the call to clients; cannot be guessed. */
    public String eventId() {
        return eventId;
    }

    /** What is called. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Who calls. */
    public Session session() {
        return session;
    }

    /**
     * Starts to read what happens.
     *
     * @param after how many events the reader has seen already, 0 for none
     */
    public CallReader newReader(long after) {
        return new CallReader(this, after);
    }

    /** The values of the outputs as they are now, null where there is none. */
    public ArrayNode values() {
        return session.changeAndGet(this::valuesNow);
    }

    // --- what the queue says

    void setPlace(CallEvent.Waiting next) {
        session.change(() -> place = next);
    }

    /** The function is about to be called by this thread; false if the call was cancelled before. */
    boolean start(@Nullable Duration expected) {
        return session.changeAndGet(() -> {
            if (phase != Phase.WAITING) {
                return false;
            }
            phase = Phase.RUNNING;
            started = true;
            start = new CallEvent.Started(expected);
            thread = Thread.currentThread();
            return true;
        });
    }

    /** Calls the function, with the states that its session has now unless the caller gave others. */
    void run() throws Exception {
        List<@Nullable Object> arguments = new ArrayList<>(inputs);
        for (int i = 0; i < arguments.size(); i++) {
            Parameter input = endpoint.inputs().get(i);
            if (input.isState() && arguments.get(i) == null) {
                arguments.set(i, session.state(input));
            }
        }
        ScopedValue.where(CallContext.CURRENT, new CallContext(this)).call(() -> {
            endpoint.work().run(arguments, this);
            return true;
        });
    }

    /** False if it had ended before, as it has if it was cancelled. */
    boolean complete(Duration duration, Duration average) {
        return end(() -> new CallEvent.Completed(valuesNow(), duration, average, false, timings));
    }

    /** False if it had ended before. */
    boolean fail(String message) {
        return end(() -> new CallEvent.Failed(message, valuesNow()));
    }

    /** Tells whoever wanted to know of the end, once it is there and without a lock, since that may take its time. */
    void tellEnd() {
        CallEvent event = end;
        if (event != null) {
            whenEnded.accept(event);
        }
    }

    /** The thread does something else from now on: it must not be interrupted for this call any more. */
    void release() {
        session.change(() -> thread = null);
    }

    /**
     * Ends the call for its readers, who keep the values that there are, and interrupts the function.
     *
     * @return false if it had ended before
     */
    boolean cancel() {
        return end(() -> {
            cancelled = true;
            if (thread != null) {
                thread.interrupt();
            }
            return new CallEvent.Completed(valuesNow(), Duration.ZERO, Duration.ZERO, true, timings);
        });
    }

    private boolean end(Supplier<CallEvent> event) {
        return session.changeAndGet(() -> {
            if (phase == Phase.ENDED) {
                return false;
            }
            phase = Phase.ENDED;
            endedAt = System.nanoTime();
            end = event.get();
            return true;
        });
    }

    // --- what the function says

    @Override
    public void emit(List<? extends @Nullable Object> outputs) {
        List<Parameter> expected = endpoint.outputs();
        if (outputs.size() != expected.size()) {
            throw new IllegalArgumentException("the function of /" + endpoint.name() + " returned " + outputs.size()
                    + " values, expected " + expected.size());
        }
        List<JsonNode> next = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            next.add(expected.get(i).component().write(outputs.get(i), files));
        }
        session.change(() -> {
            for (int i = 0; i < outputs.size(); i++) {
                if (expected.get(i).isState()) {
                    session.setState(expected.get(i), outputs.get(i));
                }
            }
            if (phase == Phase.RUNNING) {
                ArrayNode edits = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < values.length; i++) {
                    edits.add(values[i].set(next.get(i)));
                }
                addChange(edits);
            }
        });
    }

    @Override
    public void append(int output, String part) {
        session.change(() -> {
            if (phase == Phase.RUNNING) {
                ArrayNode edits = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < values.length; i++) {
                    edits.add(i == output ? values[i].append(part) : Edits.none());
                }
                addChange(edits);
            }
        });
    }

    private void addChange(ArrayNode edits) {
        if (!emitted) {
            emitted = true;
            log.add(new CallEvent.Values(valuesNow()));
        } else if (edits.valueStream().anyMatch(list -> !list.isEmpty())) {
            log.add(new CallEvent.Changed(edits));
        }
    }

    @Override
    public void measured(Timings measured) {
        session.change(() -> timings = measured);
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    boolean isCancelled() {
        return cancelled;
    }

    void add(CallEvent event) {
        session.change(() -> {
            if (phase == Phase.RUNNING) {
                log.add(event);
            }
        });
    }

    // --- what readers and the house-keeping ask, with the session's lock held

    CallEvent.Waiting place() {
        return place;
    }

    CallEvent.Started started() {
        return start;
    }

    boolean isWaiting() {
        return phase == Phase.WAITING;
    }

    boolean wasStarted() {
        return started;
    }

    boolean hasEmitted() {
        return emitted;
    }

    CallLog log() {
        return log;
    }

    @Nullable
    CallEvent end() {
        return end;
    }

    ArrayNode valuesNow() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (OutputValue value : values) {
            array.add(value.json());
        }
        return array;
    }

    void readerCame() {
        readers++;
    }

    void readerLeft() {
        readers--;
        unreadSince = System.nanoTime();
    }

    /** Nobody follows the way to the end any more: only the result is kept. */
    void trim() {
        session.change(log::clear);
    }

    boolean isUnreadFor(Duration limit, long now) {
        return session.changeAndGet(() -> phase != Phase.ENDED && readers == 0 && now - unreadSince > limit.toNanos());
    }

    boolean isEndedFor(Duration limit, long now) {
        return session.changeAndGet(() -> phase == Phase.ENDED && readers == 0 && now - endedAt > limit.toNanos());
    }
}
