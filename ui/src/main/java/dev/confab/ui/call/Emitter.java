package dev.confab.ui.call;

import dev.confab.ui.conversation.Timings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what a function returns, in one piece or bit by bit. After the call was cancelled only states are kept. */
public interface Emitter {
    /**
     * Replaces the values of all outputs.
     *
     * @param outputs one value for each output, in their order
     * @throws dev.confab.ui.component.InvalidValueException if an output cannot have its value
     */
    void emit(List<? extends @Nullable Object> outputs);

    /**
     * Adds text to the end of an output's text, at a cost that does not depend on what is there already.
     *
     * @param output its index
     * @param part may be empty
     */
    void append(int output, String part);

    /** Says how quickly the result came, or its beginning; the last word of it counts. */
    void measured(Timings timings);

    /** Whether nobody wants the result any more. */
    boolean cancelled();
}
