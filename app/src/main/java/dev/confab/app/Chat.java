package dev.confab.app;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Conversation;
import dev.confab.dialogue.Reply;
import java.util.List;
import java.util.function.Consumer;

/**
 * A conversation that is led by lines: what begins with a slash is for the program, all else is said to the chatbot.
 *
 * <p>Belongs to one thread, but for {@link #cancel}.
 */
final class Chat implements AutoCloseable {
    private static final List<String> COMMANDS = List.of("/reset", "/help", "/exit");
    private static final String HELP = """
            /reset   forget what was said and begin again
            /help    this help
            /exit    end; so does Ctrl-D
            Ctrl-C stops a reply.
            """;

    private final Conversation conversation;
    private final Listener listener;
    private final Consumer<String> notices;

    /** Hears the replies. */
    interface Listener {
        /** Another part of the reply is final. */
        void onText(String part);

        /** The reply is complete. */
        void onReply(Reply reply);
    }

    Chat(Chatbot bot, Listener listener, Consumer<String> notices) {
        this.conversation = bot.newConversation();
        this.listener = listener;
        this.notices = notices;
    }

    /** Takes a line and does what it asks for. */
    Next take(String line) {
        String said = line.strip();
        if (said.startsWith("/")) {
            return command(said);
        }
        if (!said.isEmpty()) {
            listener.onReply(conversation.say(said, listener::onText));
        }
        return Next.GO_ON;
    }

    /** Stops the reply that is being made, if one is. Works from any thread. */
    void cancel() {
        conversation.cancel();
    }

    @Override
    public void close() {
        conversation.close();
    }

    private Next command(String command) {
        switch (command) {
            case "/exit" -> {
                return Next.END;
            }
            case "/reset" -> {
                conversation.reset();
                notices.accept("forgotten; say something new\n");
            }
            case "/help" -> notices.accept(HELP);
            default ->
                notices.accept("no command " + command + "; "
                        + Nearest.of(command, COMMANDS)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("/help lists them")
                        + "\n");
        }
        return Next.GO_ON;
    }

    /** Whether the chat goes on after a line. */
    enum Next {
        /** Another line may come. */
        GO_ON,
        /** The chat has ended. */
        END
    }
}
