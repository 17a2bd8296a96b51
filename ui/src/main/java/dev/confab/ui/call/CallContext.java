package dev.confab.ui.call;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a function may know of the call that it answers, and say besides its result. To be used by the thread that the
 * function was called on and by those that it starts in a structured scope.
 */
public final class CallContext {
    static final ScopedValue<CallContext> CURRENT = ScopedValue.newInstance();

    private final Call call;

    CallContext(Call call) {
        this.call = call;
    }

    /**
     * The call that this thread answers.
     *
     * @throws IllegalStateException if it answers none
     */
    public static CallContext current() {
        if (!CURRENT.isBound()) {
            throw new IllegalStateException("this thread does not answer a call: ask where the function is called");
        }
        return CURRENT.get();
    }

    /** Who called, if users log in. */
    public Optional<String> user() {
        return call.session().user();
    }

    /** Something that names the session, the same for all its calls, and tells nothing else. */
    public String session() {
        return call.session().id();
    }

    /** Whether nobody wants the result any more; the thread is interrupted too. */
    public boolean cancelled() {
        return call.isCancelled();
    }

    /**
     * Says how far the function is.
     *
     * @param fraction from 0 to 1, or null if that is not known
     * @param description what it is doing
     */
    public void progress(@Nullable Double fraction, String description) {
        call.add(new CallEvent.Progress(fraction, description));
    }

    /** Tells the user something. */
    public void info(String text) {
        call.add(new CallEvent.Note("info", text));
    }

    /** Warns the user. */
    public void warning(String text) {
        call.add(new CallEvent.Note("warning", text));
    }
}
