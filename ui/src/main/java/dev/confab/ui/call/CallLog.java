package dev.confab.ui.call;

import java.util.ArrayList;
import java.util.List;

/**
 * The latest events of a call, numbered from 0, for readers that are a little behind. One that is too far behind for it
 * gets the present values instead, so that it never holds much. Guarded by the session's lock.
 */
final class CallLog {
    private static final int MAX_EVENTS = 4096;
    private static final int MAX_CHARACTERS = 1 << 20;

    private final List<CallEvent> events = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private long first;
    private long characters;

    /** The number of the oldest event that is still there. */
    long first() {
        return first;
    }

    /** The number that the next event will have. */
    long next() {
        return first + events.size();
    }

    CallEvent get(long number) {
        return events.get(Math.toIntExact(number - first));
    }

    void add(CallEvent event) {
        int size = size(event);
        events.add(event);
        sizes.add(size);
        characters += size;
        if (events.size() > MAX_EVENTS || characters > MAX_CHARACTERS) {
            forget(Math.max(1, events.size() / 2));
        }
    }

    /** Forgets all events, since nobody is behind any more. */
    void clear() {
        forget(events.size());
    }

    private void forget(int count) {
        events.subList(0, count).clear();
        List<Integer> forgotten = sizes.subList(0, count);
        for (int size : forgotten) {
            characters -= size;
        }
        forgotten.clear();
        first += count;
    }

    private static int size(CallEvent event) {
        return switch (event) {
            case CallEvent.Changed(var edits) -> edits.toString().length();
            case CallEvent.Values(var values) -> values.toString().length();
            case CallEvent.Note note -> note.text().length();
            case CallEvent.Progress progress -> progress.description().length();
            case CallEvent.Waiting _, CallEvent.Started _, CallEvent.Completed _, CallEvent.Failed _ -> 0;
        };
    }
}
