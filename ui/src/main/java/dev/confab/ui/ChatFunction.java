package dev.confab.ui;

import dev.confab.ui.component.ChatMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers messages, for {@link ChatInterface#of}. Called by several threads at once, for different chats. */
@FunctionalInterface
public interface ChatFunction {
    /**
     * Answers one.
     *
     * @param message what the user said
     * @param history what was said before, the oldest first; unmodifiable
     * @return the reply, or a stream, iterator or publisher of its parts, each of which is added to those before: texts,
     *     {@link java.nio.file.Path}s of files to attach, or {@link ChatMessage}s
     * @throws Exception if it fails; the message of a {@link dev.confab.ui.call.UserError} is shown to the user
     */
    @Nullable
    Object reply(String message, List<ChatMessage> history) throws Exception;
}
