package dev.confab.dialogue;

import dev.confab.dialogue.persona.Persona;
import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A conversation between one person and a {@link Chatbot}. It keeps all that was said, with the branches that arise where
 * a turn is edited or a reply made anew, and shows the model as much of it as is good for it: it never becomes too long.
 *
 * <p>What the model has read stays in a cache, so that a turn costs only what is new; if the chatbot needs the memory for
 * others, the conversation is read again when it goes on. Takes one turn at a time; calls from several threads wait for
 * each other, but {@link #cancel} and {@link #transcript} work at once.
 *
 * <p>Whatever fails while a reply is made, there is a reply, and an {@link Incident} for the operator. Only a closed
 * chatbot, a consumer of text that throws, and calls that make no sense end in exceptions.
 */
public final class Conversation implements AutoCloseable {
    private final Chatbot bot;
    private volatile Transcript transcript;
    private volatile ConversationSettings settings;
    private final Recall recall = new Recall();
    private TurnTokens tokens;
    private volatile boolean cancelled;

    Conversation(Chatbot bot, Transcript transcript) {
        this.bot = bot;
        this.transcript = transcript;
        settings = bot.settings();
        tokens = tokensFor(settings);
    }

    /** Its name, as incidents and what is saved carry it. */
    public String id() {
        return transcript.id();
    }

    /** All that was said so far, in all branches; a reply that is being made is not in it. */
    public Transcript transcript() {
        return transcript;
    }

    /** The turns of the current branch, the oldest first. */
    public List<Turn> turns() {
        return transcript.path();
    }

    /**
     * Says something and returns the reply.
     *
     * @throws IllegalStateException if the chatbot is closed
     */
    public Reply say(String text) {
        return say(text, part -> {});
    }

    /**
     * Says something, hands out the reply while it is being made, and returns it. If the reply is cancelled, what there
     * is of it belongs to the conversation.
     *
     * @param text what is said; a token such as {@code <|endoftext|>} in it is text like any other
     * @param onText gets each part of the reply as soon as it is final, never half a character, by the calling thread;
     *     all parts joined are the reply. If it throws, the exception is the caller's, and it is as if nothing had been
     *     said
     * @throws IllegalStateException if the chatbot is closed
     */
    public synchronized Reply say(String text, Consumer<String> onText) {
        return answer(transcript, text, onText);
    }

    /**
     * Says something else in the place of an earlier turn of the person's and returns the reply. The conversation goes on
     * from there; what came of the former turn stays as a branch.
     *
     * @param turn the number of the turn
     * @throws ConfabException if there is no such turn, or it is the chatbot's
     * @throws IllegalStateException if the chatbot is closed
     */
    public Reply edit(int turn, String text) {
        return edit(turn, text, part -> {});
    }

    /** As {@link #edit(int, String)}, handing out the reply as {@link #say(String, Consumer)} does. */
    public synchronized Reply edit(int turn, String text, Consumer<String> onText) {
        Turn former = transcript.turn(turn);
        if (!former.isUser()) {
            throw new ConfabException("turn " + turn + " is the chatbot's; only what the person said can be edited,"
                    + " and regenerate makes another reply");
        }
        return answer(transcript.at(former.parent()), text, onText);
    }

    /**
     * Makes another reply to what the person said last. The former one stays as a branch.
     *
     * @throws ConfabException if the person said nothing yet
     * @throws IllegalStateException if the chatbot is closed
     */
    public Reply regenerate() {
        return regenerate(part -> {});
    }

    /** As {@link #regenerate()}, handing out the reply as {@link #say(String, Consumer)} does. */
    public synchronized Reply regenerate(Consumer<String> onText) {
        Turn said = transcript
                .latest(Speaker.USER)
                .orElseThrow(() -> new ConfabException("there is no reply to make anew; say something first"));
        return finish(replying(transcript.at(said.id()), onText), Replying::again);
    }

    /**
     * Goes back to before what the person said last. What is taken back stays as a branch.
     *
     * @return the person's turn that is taken back; empty if nothing was said
     */
    public synchronized Optional<Turn> undo() {
        Optional<Turn> said = transcript.latest(Speaker.USER);
        said.ifPresent(turn -> transcript = transcript.at(turn.parent()));
        return said;
    }

    /** The last turn of each branch, the oldest first; more than one once something was edited or made anew. */
    public List<Turn> branches() {
        return transcript.branches();
    }

    /**
     * Makes the branch through a turn the current one, up to the latest turn that follows it.
     *
     * @throws ConfabException if there is no such turn
     */
    public synchronized void switchTo(int turn) {
        transcript = transcript.switchedTo(turn);
    }

    /** Begins again, as if nothing had been said; name, settings and branches stay. */
    public synchronized void reset() {
        transcript = transcript.at(0);
    }

    /** Ends the reply that is being made, if one is. Works from any thread. */
    public void cancel() {
        cancelled = true;
    }

    /** What this conversation has of its own: settings of generation, persona, candidates, place. */
    public ConversationSettings settings() {
        return settings;
    }

    /** Changes settings; they hold from the next reply on. */
    public synchronized void use(ConversationSettings changed) {
        settings = changed;
        tokens = tokensFor(changed);
    }

    /**
     * Writes all branches into a file, which is replaced at once and whole. {@link Chatbot#load} goes on with it.
     *
     * @throws ConfabException if the file cannot be written, which is an {@link Incident} as well
     */
    public void save(Path file) {
        Path target = file.toAbsolutePath();
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        try {
            Files.writeString(partial, transcript.toJson());
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            bot.report(
                    id(), Incident.Part.STORE, "the conversation could not be written into " + file + ": " + e, null);
            throw new ConfabException(
                    file + ": the conversation cannot be written here: " + e + "; choose another place", e);
        }
    }

    /**
     * Lets go of what the model has read of the conversation, which gives memory back at once. It may go on; then the
     * model reads again what it has to know.
     */
    @Override
    public synchronized void close() {
        bot.sessions().drop(this);
    }

    /** The tokens of its turns, for who holds the lock. */
    TurnTokens tokens() {
        return tokens;
    }

    /** The search for its earlier turns, for who holds the lock. */
    Recall recall() {
        return recall;
    }

    private TurnTokens tokensFor(ConversationSettings current) {
        return new TurnTokens(
                bot.model().tokenizer(),
                current.persona().flatMap(Persona::casting).orElse(null));
    }

    private Reply answer(Transcript before, String text, Consumer<String> onText) {
        return finish(replying(before, onText), replying -> replying.say(text));
    }

    private Replying replying(Transcript before, Consumer<String> onText) {
        if (bot.closed()) {
            throw new IllegalStateException("the chatbot is closed; nothing can be said any more");
        }
        cancelled = false;
        return new Replying(this, bot, settings, before, () -> cancelled, onText);
    }

    private Reply finish(Replying replying, Function<Replying, Reply> how) {
        Reply reply = how.apply(replying);
        transcript = replying.transcript().with(reply.turn());
        return reply;
    }
}
