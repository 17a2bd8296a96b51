package dev.confab.ui;

import dev.confab.ui.call.CallContext;
import dev.confab.ui.component.ChatMessage;
import dev.confab.ui.component.UploadedFile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message to answer.
 *
 * @param message what the user said
 * @param files what the user attached, if the chat takes files
 * @param history what was said before, the oldest first
 * @param inputs the values of the additional inputs by their labels, as their components read them
 */
public record ChatTurn(
        String message, List<UploadedFile> files, List<ChatMessage> history, Map<String, @Nullable Object> inputs) {
    /** Copies what comes in. */
    public ChatTurn {
        files = List.copyOf(files);
        history = List.copyOf(history);
        inputs = Collections.unmodifiableMap(inputs);
    }

    /**
     * Names the conversation: the same for all its turns and for nobody else's, until it was not used for as long as
     * {@link Page#sessions} says, so that a function can keep something for it.
     *
     * @throws IllegalStateException if no call is answered by this thread
     */
    public String conversation() {
        return CallContext.current().session();
    }

    /**
     * The value of an additional input.
     *
     * @param label its label
     * @throws IllegalArgumentException if there is none of that label
     */
    public @Nullable Object input(String label) {
        if (!inputs.containsKey(label)) {
            throw new IllegalArgumentException(
                    "there is no additional input '" + label + "', there are " + inputs.keySet());
        }
        return inputs.get(label);
    }
}
