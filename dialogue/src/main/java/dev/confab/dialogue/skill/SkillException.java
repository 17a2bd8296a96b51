package dev.confab.dialogue.skill;

import dev.confab.engine.error.ConfabException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A skill could not do what it was asked. It carries a sentence for the person beside the message for the operator. */
public final class SkillException extends ConfabException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String apology;

    /**
     * A failure.
     *
     * @param apology what the chatbot says, a friendly sentence
     * @param message what failed and where, for the operator
     * @param cause what led to it
     */
    public SkillException(String apology, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.apology = apology;
    }

    /** What the chatbot says. */
    public String apology() {
        return apology;
    }
}
