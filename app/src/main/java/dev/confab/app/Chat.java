package dev.confab.app;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Conversation;
import dev.confab.dialogue.Reply;
import dev.confab.dialogue.Turn;
import dev.confab.engine.error.ConfabException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that is led by lines: what begins with a slash is for the program, all else is said to the chatbot.
 *
 * <p>Belongs to one thread, but for {@link #cancel}.
 */
final class Chat implements AutoCloseable {
    private static final List<String> COMMANDS = List.of(
            "/retry",
            "/undo",
            "/edit",
            "/branches",
            "/switch",
            "/persona",
            "/set",
            "/save",
            "/load",
            "/why",
            "/stats",
            "/reset",
            "/help",
            "/exit");
    private static final String HELP = """
            /retry          another reply to what you said last
            /undo           take back what you said last, and the reply
            /edit TEXT      say something else in its place
            /branches       what became of earlier versions; /switch N goes back to one
            /persona NAME   let the chatbot be somebody: captain, gardener, librarian, robot, or a file; none ends it
            /set NAME VALUE a setting of generation, such as /set temperature 0.7; /set alone shows them
            /save FILE      keep the conversation; /load FILE goes on with it
            /why            how the last reply came about: candidates, scores, what was filtered
            /stats          tokens and times of the last reply
            /reset          forget what was said and begin again
            /help           this help
            /exit           end; so does Ctrl-D
            Ctrl-C stops a reply.
            """;

    private final Chatbot bot;
    private final Listener listener;
    private final Consumer<String> notices;
    private volatile Conversation conversation;
    private @Nullable Reply last;

    /** Hears the replies. */
    interface Listener {
        /** Another part of the reply is final. */
        void onText(String part);

        /** The reply is complete. */
        void onReply(Reply reply);
    }

    Chat(Chatbot bot, Listener listener, Consumer<String> notices) {
        this.bot = bot;
        this.conversation = bot.newConversation();
        this.listener = listener;
        this.notices = notices;
    }

    /** Takes a line and does what it asks for. */
    Next take(String line) {
        String said = line.strip();
        if (said.startsWith("/")) {
            String[] parts = said.split("\\s+", 2);
            return command(parts[0], parts.length > 1 ? parts[1] : "");
        }
        if (!said.isEmpty()) {
            reply(() -> conversation.say(said, listener::onText));
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

    private Next command(String command, String argument) {
        if (command.equals("/exit")) {
            return Next.END;
        }
        try {
            run(command, argument);
        } catch (ConfabException | IllegalArgumentException e) {
            notices.accept(e.getMessage() + "\n");
        }
        return Next.GO_ON;
    }

    private void run(String command, String argument) {
        switch (command) {
            case "/retry" -> reply(() -> conversation.regenerate(listener::onText));
            case "/undo" -> undo();
            case "/edit" -> edit(argument);
            case "/branches" -> notices.accept(ChatNotices.branches(conversation.transcript()));
            case "/switch" -> switchTo(argument);
            case "/persona" -> persona(argument);
            case "/set" -> set(argument);
            case "/save" -> save(argument);
            case "/load" -> load(argument);
            case "/why" -> notices.accept(ChatNotices.why(Optional.ofNullable(last)));
            case "/stats" -> notices.accept(ChatNotices.stats(Optional.ofNullable(last), conversation));
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
    }

    private void reply(Supplier<Reply> making) {
        Reply reply = making.get();
        last = reply;
        listener.onReply(reply);
    }

    private void undo() {
        notices.accept(conversation
                .undo()
                .map(turn -> "taken back: " + turn.text() + "\n")
                .orElse("nothing was said yet\n"));
    }

    private void edit(String text) {
        if (text.isEmpty()) {
            throw new ConfabException("/edit needs what you want to have said, as in /edit Do you like films?");
        }
        int turn = conversation.turns().reversed().stream()
                .filter(Turn::isUser)
                .findFirst()
                .orElseThrow(() -> new ConfabException("nothing was said yet"))
                .id();
        reply(() -> conversation.edit(turn, text, listener::onText));
    }

    private void switchTo(String number) {
        if (!number.matches("\\d{1,9}")) {
            throw new ConfabException("/switch needs the number of a turn, as in /switch 3; /branches lists them");
        }
        conversation.switchTo(Integer.parseInt(number));
        notices.accept(conversation.transcript().toText());
    }

    private void persona(String name) {
        if (name.isEmpty()) {
            notices.accept(ChatNotices.personas(conversation.settings().persona()));
            return;
        }
        conversation.use(
                name.equals("none")
                        ? conversation.settings().withoutPersona()
                        : conversation.settings().withPersona(Personas.named(name)));
        notices.accept(conversation
                .settings()
                .persona()
                .map(persona -> "the chatbot is " + persona.name() + " now; /reset begins anew with it\n")
                .orElse("the chatbot is nobody in particular now\n"));
    }

    private void set(String assignment) {
        if (assignment.isEmpty()) {
            notices.accept(conversation.settings().generation() + "\n");
            return;
        }
        String[] parts = assignment.split("[\\s=]+", 2);
        if (parts.length < 2) {
            throw new ConfabException("/set needs a name and a value, as in /set temperature 0.7");
        }
        conversation.use(conversation.settings().withGeneration(GenerationSettings.setting(parts[0], parts[1])));
        notices.accept(parts[0].replace('-', '_') + " is " + parts[1] + " now\n");
    }

    private void save(String file) {
        if (file.isEmpty()) {
            throw new ConfabException("/save needs a file, as in /save talk.json");
        }
        conversation.save(Path.of(file));
        notices.accept("saved in " + file + "\n");
    }

    private void load(String file) {
        if (file.isEmpty()) {
            throw new ConfabException("/load needs a file, as in /load talk.json");
        }
        var loaded = bot.load(Path.of(file));
        loaded.use(conversation.settings());
        conversation.close();
        conversation = loaded;
        last = null;
        notices.accept(conversation.transcript().toText());
    }

    /** Whether the chat goes on after a line. */
    enum Next {
        /** Another line may come. */
        GO_ON,
        /** The chat has ended. */
        END
    }
}
