package dev.confab.dialogue;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.GenerationConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A language model that people talk to, with all that makes it a chatbot. Usable from any thread; each person gets a
 * {@link Conversation} of their own, and there may be thousands.
 *
 * <pre>{@code
 * try (var bot = Chatbot.fromPretrained("microsoft/DialoGPT-medium")) {
 *     var conversation = bot.newConversation();
 *     System.out.println(conversation.say("Does money buy happiness?").text());
 * }
 * }</pre>
 */
public final class Chatbot implements AutoCloseable {
    /** The longest conversation in tokens, its next reply included, unless a configuration says otherwise. */
    public static final int DEFAULT_MAX_LENGTH = 1000;

    /** How many tokens are kept free for a reply where nothing says how long it may become. */
    public static final int DEFAULT_REPLY_TOKENS = 64;

    private static final long MOST_BYTES_OF_A_FILE = 256L << 20;

    private final Parts parts;
    private final ConversationSettings settings;
    private final SessionCache sessions;
    private final boolean ownsModel;
    private volatile boolean closed;

    Chatbot(Parts parts, ConversationSettings settings, SessionCache sessions, boolean ownsModel) {
        this.parts = parts;
        this.settings = settings;
        this.sessions = sessions;
        this.ownsModel = ownsModel;
    }

    /** Puts a chatbot together part by part. */
    public static ChatbotBuilder builder() {
        return new ChatbotBuilder();
    }

    /**
     * Loads a model to talk to; closing the chatbot closes it.
     *
     * @param nameOrFolder a name on the Hugging Face hub, such as {@code microsoft/DialoGPT-medium}, or a folder
     * @throws ConfabException if it cannot be found, read or run
     */
    public static Chatbot fromPretrained(String nameOrFolder) {
        return builder().model(nameOrFolder).build();
    }

    /**
     * Talks through a model that stays the caller's to close.
     *
     * @throws ConfabException if the model has no tokenizer, or no token that ends a turn
     */
    public static Chatbot of(LanguageModel model) {
        return builder().model(model).build();
    }

    /**
     * Talks through a model that stays the caller's to close.
     *
     * @param config how replies are made; what it leaves out comes from the model's own settings
     * @throws ConfabException if settings contradict each other, or the model has no tokenizer, or no token that ends a
     *     turn
     */
    public static Chatbot of(LanguageModel model, GenerationConfig config) {
        return builder().model(model).generation(config).build();
    }

    /** A conversation in which nothing was said yet. */
    public Conversation newConversation() {
        return newConversation(UUID.randomUUID().toString());
    }

    /**
     * A conversation in which nothing was said yet.
     *
     * @param id a name for it, which incidents and what is saved carry
     */
    public Conversation newConversation(String id) {
        return resume(Transcript.begin(id, parts.clock().instant()));
    }

    /** Goes on with a conversation that was kept; the model reads again what it has to know of it. */
    public Conversation resume(Transcript transcript) {
        return new Conversation(this, transcript);
    }

    /**
     * Goes on with a conversation that {@link Conversation#save} wrote.
     *
     * @throws ConfabException if the file cannot be read or is no conversation
     */
    public Conversation load(Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes > MOST_BYTES_OF_A_FILE) {
                throw new ConfabException(file + " has " + (bytes >> 20) + " MB; conversations of up to "
                        + (MOST_BYTES_OF_A_FILE >> 20) + " MB can be read");
            }
            return resume(Transcript.fromJson(Files.readString(file)));
        } catch (IOException e) {
            throw new ConfabException(file + " cannot be read: " + e, e);
        }
    }

    /** The model behind the chatbot. */
    public LanguageModel model() {
        return parts.model();
    }

    /** How replies are made. */
    public GenerationConfig generationConfig() {
        return settings.generation();
    }

    /** What conversations begin with. */
    public ConversationSettings settings() {
        return settings;
    }

    /** How many silent conversations the model need not read again when they go on. */
    public int cachedConversations() {
        return sessions.size();
    }

    /**
     * Tells who hears of {@link Incidents} of something that failed around a conversation. For programs that keep
     * conversations, such as in a database: {@link Incident.Part#STORE}. Never throws.
     *
     * @param conversation whose: {@link Conversation#id}, or what the program calls it
     * @param message what happened, without what was said
     * @param cause the exception, if there is one
     */
    public void report(String conversation, Incident.Part part, String message, @Nullable Throwable cause) {
        parts.report(conversation, part, message, cause);
    }

    Parts parts() {
        return parts;
    }

    SessionCache sessions() {
        return sessions;
    }

    boolean closed() {
        return closed;
    }

    /** Gives all memory back; nothing can be said in its conversations any more. Closing twice is harmless. */
    @Override
    public void close() {
        closed = true;
        sessions.close();
        if (ownsModel) {
            parts.model().close();
        }
    }
}
