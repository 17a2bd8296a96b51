package dev.confab.ui.call;

import dev.confab.ui.conversation.Timings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Something that a reader of a call learns, in this order: waiting, started, values, changes, and one end. */
public sealed interface CallEvent {
    /**
     * The call is in the queue.
     *
     * @param rank how many calls are before it
     * @param queueSize how many calls wait in all, this one included; 0 for a call that runs at once
     * @param expected how long it will probably wait, null if nothing is known
     */
    record Waiting(int rank, int queueSize, @Nullable Duration expected) implements CallEvent {}

    /**
     * The call runs.
     *
     * @param expected how long it will probably take, null if nothing is known
     */
    record Started(@Nullable Duration expected) implements CallEvent {}

    /**
     * The first values, in full.
     *
     * @param values one for each output
     */
    record Values(ArrayNode values) implements CallEvent {}

    /**
     * The values changed.
     *
     * @param edits for each output a list of edits, empty if it stayed as it was
     */
    record Changed(ArrayNode edits) implements CallEvent {}

    /**
     * The function says how far it is.
     *
     * @param fraction from 0 to 1, null if it is not known
     * @param description what it is doing
     */
    record Progress(@Nullable Double fraction, String description) implements CallEvent {}

    /**
     * The function has a message for the user.
     *
     * @param level {@code info}, {@code warning} or {@code success}
     * @param text the message
     */
    record Note(String level, String text) implements CallEvent {}

    /**
     * The call is over, or was cancelled.
     *
     * @param values the last ones, one for each output; null where there is none
     * @param duration how long it ran
     * @param average how long calls of this endpoint run
     * @param cancelled whether it was cancelled, so that the values are what there is of them
     * @param timings how quickly the function says that its result came, null if it says nothing
     */
    record Completed(
            ArrayNode values,
            Duration duration,
            Duration average,
            boolean cancelled,
            @Nullable Timings timings) implements CallEvent {}

    /**
     * The call failed.
     *
     * @param message for the user
     * @param values the last ones; null where there is none
     */
    record Failed(String message, ArrayNode values) implements CallEvent {}

    /**
     * All values after a change to them.
     *
     * @param before the values before it
     */
    static ArrayNode apply(ArrayNode before, Changed change) {
        ArrayNode after = before.arrayNode();
        for (int i = 0; i < before.size(); i++) {
            JsonNode edits = change.edits().path(i);
            after.add(Edits.apply(before.get(i), edits));
        }
        return after;
    }
}
