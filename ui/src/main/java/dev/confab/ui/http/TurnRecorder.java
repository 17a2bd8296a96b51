package dev.confab.ui.http;

import dev.confab.ui.call.Call;
import dev.confab.ui.call.CallEvent;
import dev.confab.ui.call.Parameter;
import dev.confab.ui.conversation.Additions;
import dev.confab.ui.conversation.ConversationFullException;
import dev.confab.ui.conversation.ConversationStore;
import dev.confab.ui.conversation.ConversationSummary;
import dev.confab.ui.conversation.StoredConversation;
import dev.confab.ui.conversation.StoredMessage;
import dev.confab.ui.conversation.StoredMessage.State;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps one turn of a conversation: the message before its reply begins, the reply when it has ended, whoever reads it. A
 * store that fails is told to the log and, at the end of the reply, to the page; the conversation goes on.
 *
 * <p>The request says where the turn belongs: {@code {"id", "title", "message", "parent", "reply"}}, all but the title names;
 * without a parent, the message is one that is known already, and another reply to it is asked for.
 */
final class TurnRecorder {
    private static final Logger LOGGER = System.getLogger(TurnRecorder.class.getName());
    /** How long the end of a reply may be held up by a store that does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ConversationStore store;
    private final String owner;
    private final String conversation;
    private final String title;
    private final String messageId;
    private final @Nullable String parent;
    private final String replyId;
    private final String text;
    private final Additions additions;
    private final Map<String, @Nullable Object> settings;
    private final Set<TurnRecorder> running;
    /** Whether the store failed when the whole turn was to be kept. */
    private final CompletableFuture<Boolean> failed = new CompletableFuture<>();

    private @Nullable Call call;
    private @Nullable StoredMessage reply;
    private @Nullable CallEvent end;

    /**
     * A turn that begins.
     *
     * @param place where it belongs, from the request
     * @param inputs the function's inputs, whose values {@code data} has
     * @param running where the recorder is to be found while the reply is coming
     */
    TurnRecorder(
            ConversationStore store,
            String owner,
            JsonNode place,
            List<Parameter> inputs,
            JsonNode data,
            Set<TurnRecorder> running) {
        this.store = store;
        this.running = running;
        this.owner = owner;
        conversation = ConversationJson.id(place.path("id"));
        title = ConversationJson.title(place.path("title").asString(""));
        messageId = ConversationJson.id(place.path("message"));
        replyId = ConversationJson.id(place.path("reply"));
        String before = place.path("parent").asString(null);
        parent = before == null || before.equals(StoredMessage.ROOT)
                ? before
                : ConversationJson.id(place.path("parent"));
        text = ChatValues.text(data.path(0));
        additions = ChatValues.additions(data.path(0));
        ObjectNode given = Json.object();
        for (int i = 1; i < Math.min(inputs.size(), data.size()); i++) {
            given.set(inputs.get(i).component().label(), data.get(i));
        }
        settings = new LinkedHashMap<>(ConversationJson.settings(given));
    }

    /**
     * The call was taken.
     *
     * @return whether the turn is kept; if not, the store does not know what was before it
     */
    synchronized boolean began(Call taken) {
        Instant now = Instant.now();
        call = taken;
        StoredMessage coming = StoredMessage.running(replyId, messageId, taken.eventId(), now);
        reply = coming;
        CallEvent over = end;
        if (over == null) {
            running.add(this);
        }
        StoredMessage known = over == null ? coming : ended(coming, over);
        boolean well = false;
        try {
            boolean kept = parent == null
                    ? store.put(owner, conversation, List.of(known))
                    : keep(StoredMessage.ofUser(messageId, parent, text, now).withAdditions(additions), known);
            well = true;
            return kept;
        } catch (RuntimeException e) {
            tell(e);
            return false;
        } finally {
            if (over != null) {
                failed.complete(!well);
            }
        }
    }

    private boolean keep(StoredMessage message, StoredMessage known) {
        List<StoredMessage> turn = List.of(message, known);
        if (store.put(owner, conversation, turn)) {
            return true;
        }
        boolean first = message.parent().equals(StoredMessage.ROOT)
                && store.load(owner, conversation).isEmpty();
        if (first) {
            ConversationSummary summary = new ConversationSummary(conversation, title, message.at(), message.at());
            store.save(owner, new StoredConversation(summary, settings, Map.of(), turn));
        }
        return first;
    }

    /** Keeps what there is of the reply, if that has become more. */
    synchronized void progressed() {
        Call from = call;
        StoredMessage before = reply;
        if (from == null || before == null || end != null) {
            return;
        }
        String text = textOf(from.values());
        if (text.length() > before.text().length()) {
            StoredMessage more = before.withText(text);
            reply = more;
            put(more);
        }
    }

    /** The call is over; the page's thread may not have come to {@link #began} yet. */
    synchronized void ended(CallEvent event) {
        end = event;
        running.remove(this);
        if (reply != null) {
            failed.complete(!put(ended(reply, event)));
        }
    }

    /** Whether the store failed to keep how the turn ended, as far as that is known within a moment. */
    boolean hasFailed() throws InterruptedException {
        try {
            return failed.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            return true;
        }
    }

    /** False if the store fails. */
    private boolean put(StoredMessage message) {
        try {
            store.put(owner, conversation, List.of(message));
            return true;
        } catch (RuntimeException e) {
            tell(e);
            return false;
        }
    }

    private static StoredMessage ended(StoredMessage reply, CallEvent event) {
        return switch (event) {
            case CallEvent.Completed done ->
                reply.withAdditions(ChatValues.additions(done.values().path(0)))
                        .ended(
                                done.cancelled() ? State.STOPPED : State.DONE,
                                textOf(done.values()),
                                null,
                                done.timings());
            case CallEvent.Failed failed -> reply.ended(State.FAILED, textOf(failed.values()), failed.message(), null);
            default -> reply;
        };
    }

    private static String textOf(ArrayNode values) {
        return ChatValues.text(values.path(0));
    }

    private static void tell(RuntimeException e) {
        if (e instanceof ConversationFullException) {
            LOGGER.log(Level.DEBUG, "a turn was not kept", e);
        } else {
            LOGGER.log(Level.ERROR, "a turn was not kept, since the store of conversations failed", e);
        }
    }
}
