package dev.confab.ui.http;

import dev.confab.ui.conversation.ConversationQuery;
import dev.confab.ui.conversation.ConversationQuery.Place;
import dev.confab.ui.conversation.ConversationStore;
import dev.confab.ui.conversation.ConversationSummary;
import dev.confab.ui.conversation.Feedback;
import dev.confab.ui.conversation.StoredConversation;
import dev.confab.ui.conversation.StoredMessage;
import dev.confab.ui.conversation.StoredMessage.State;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The conversations of whoever asks. Only pages of this server, or of sites that are allowed by name, get them. */
final class ConversationRoutes {
    private static final int PAGE = 50;
    private static final int MAX_PAGE = 100;
    private static final int MAX_SEARCH = 200;

    private final PageDefinition page;
    private final ConversationStore store;
    private final Owners owners;
    private final Requests requests;

    ConversationRoutes(PageDefinition page, ConversationStore store, Owners owners, Requests requests) {
        this.page = page;
        this.store = store;
        this.owners = owners;
        this.requests = requests;
    }

    void addTo(JavalinConfig target, String prefix) {
        JavalinDefaultRoutingApi routes = target.routes;
        String all = prefix + "/conversations";
        String one = all + "/{id}";
        String message = one + "/messages/{message}";
        routes.get(all, this::list);
        routes.delete(all, this::deleteAll);
        routes.get(one, this::load);
        routes.put(one, this::save);
        routes.patch(one, this::change);
        routes.delete(one, this::delete);
        routes.post(one + "/restore", this::restore);
        routes.delete(message, this::remove);
        routes.post(message + "/choose", this::choose);
        routes.put(message + "/feedback", this::rate);
    }

    String owner(Context context) {
        if (!requests.isTrusted(context)) {
            throw new ForbiddenResponse("pages of " + context.header("Origin") + " may not see conversations");
        }
        return owners.of(context);
    }

    static String id(Context context) {
        return ConversationJson.id(Json.tree(context.pathParam("id")));
    }

    private static String messageId(Context context) {
        return ConversationJson.id(Json.tree(context.pathParam("message")));
    }

    static void answer(Context context, boolean done) {
        if (!done) {
            throw new NotFoundResponse("there is no such conversation or message; it may have been forgotten");
        }
        Json.send(context, Json.object().put("success", true));
    }

    /** {@code search}, {@code after} as the answer before said in {@code next}, and {@code limit}. */
    private void list(Context context) {
        String search = context.queryParam("search");
        String limit = context.queryParam("limit");
        if (limit != null && !limit.matches("[1-9]\\d{0,2}")) {
            throw new BadRequestException("limit is '" + limit + "', expected a number from 1 to " + MAX_PAGE);
        }
        int most = limit == null ? PAGE : Math.min(MAX_PAGE, Integer.parseInt(limit));
        String wanted = search == null ? "" : search.substring(0, Math.min(MAX_SEARCH, search.length()));
        ConversationQuery query = new ConversationQuery(wanted, place(context.queryParam("after")), most);
        List<ConversationSummary> found = store.list(owner(context), query);
        ObjectNode answer = Json.object();
        ArrayNode items = answer.putArray("items");
        found.forEach(summary -> items.add(ConversationJson.of(summary)));
        answer.put(
                "next",
                found.size() < most
                        ? null
                        : found.getLast().updated() + "~" + found.getLast().id());
        Json.send(context, answer);
    }

    private static @Nullable Place place(@Nullable String after) {
        if (after == null || after.isEmpty()) {
            return null;
        }
        int end = after.indexOf('~');
        try {
            return new Place(Instant.parse(after.substring(0, Math.max(0, end))), after.substring(end + 1));
        } catch (DateTimeException e) {
            throw new BadRequestException("after is '" + after + "', expected what the list before said in 'next'");
        }
    }

    private void load(Context context) {
        StoredConversation conversation = store.load(owner(context), id(context))
                .orElseThrow(() -> new NotFoundResponse("there is no conversation " + context.pathParam("id")));
        List<StoredMessage> messages =
                conversation.messages().stream().map(this::asKnown).toList();
        Json.send(
                context,
                ConversationJson.of(new StoredConversation(
                        conversation.summary(), conversation.settings(), conversation.choices(), messages)));
    }

    /** A reply whose call nobody knows any more, since the server was started anew, ended where it was. */
    private StoredMessage asKnown(StoredMessage message) {
        String event = message.event();
        boolean lost = message.state() == State.RUNNING
                && (event == null || requests.calls().find(event).isEmpty());
        return lost ? message.ended(State.FAILED, message.text(), null, null) : message;
    }

    private void save(Context context) {
        store.save(owner(context), ConversationJson.read(id(context), Json.body(context)));
        answer(context, true);
    }

    /** The {@code title}, the {@code settings}, or both. */
    private void change(Context context) {
        String owner = owner(context);
        ObjectNode body = Json.body(context);
        boolean done = true;
        if (body.has("title")) {
            String title = ConversationJson.title(body.path("title").asString(""));
            done = store.rename(owner, id(context), title);
        }
        if (body.has("settings")) {
            done &= store.configure(owner, id(context), ConversationJson.settings(body.path("settings")));
        }
        answer(context, done);
    }

    private void delete(Context context) {
        answer(context, store.delete(owner(context), id(context)));
    }

    private void deleteAll(Context context) {
        store.deleteAll(owner(context));
        answer(context, true);
    }

    private void restore(Context context) {
        answer(context, store.restore(owner(context), id(context)));
    }

    private void remove(Context context) {
        answer(context, store.remove(owner(context), id(context), messageId(context)));
    }

    private void choose(Context context) {
        answer(context, store.choose(owner(context), id(context), messageId(context)));
    }

    /** One of the page's {@code option}s with a {@code comment}; without an option the opinion is taken back. */
    private void rate(Context context) {
        ObjectNode body = Json.body(context);
        JsonNode option = body.path("option");
        List<String> options = page.flagging().options();
        if (option.isString() && !options.contains(option.stringValue())) {
            throw new BadRequestException("option is " + option + ", expected one of " + options);
        }
        Feedback feedback = option.isString()
                ? new Feedback(option.stringValue(), ConversationJson.comment(body.path("comment")), Instant.now())
                : null;
        answer(context, store.rate(owner(context), id(context), messageId(context), feedback));
    }
}
