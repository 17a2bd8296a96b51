package dev.confab.ui.http;

import dev.confab.ui.call.Identifiers;
import dev.confab.ui.conversation.ConversationStore;
import dev.confab.ui.conversation.StoredConversation;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Conversations that their owners share: whoever has the link reads them, and nobody changes them by it. */
final class ShareRoutes {
    private static final String TOKEN = "token";

    private final PageDefinition page;
    private final ConversationStore store;
    private final ConversationRoutes conversations;
    private final PageRoutes pages;
    private final FileRoutes files;

    ShareRoutes(
            PageDefinition page,
            ConversationStore store,
            ConversationRoutes conversations,
            PageRoutes pages,
            FileRoutes files) {
        this.page = page;
        this.store = store;
        this.conversations = conversations;
        this.pages = pages;
        this.files = files;
    }

    void addTo(JavalinConfig target, String prefix) {
        JavalinDefaultRoutingApi routes = target.routes;
        String share = prefix + "/conversations/{id}/share";
        routes.get(share, this::token);
        routes.post(share, this::share);
        routes.delete(share, this::withdraw);
        routes.get(prefix + "/share/{token}", this::show);
        routes.get(prefix + "/shared/{token}", this::read);
        routes.get(prefix + "/shared/{token}/file=<path>", this::download);
    }

    private void token(Context context) {
        String owner = conversations.owner(context);
        answer(context, store.shareToken(owner, ConversationRoutes.id(context)).orElse(null));
    }

    private void share(Context context) {
        String owner = conversations.owner(context);
        String id = ConversationRoutes.id(context);
        Optional<String> known = store.shareToken(owner, id);
        String token = known.orElseGet(Identifiers::next);
        if (known.isEmpty() && !store.share(owner, id, token)) {
            throw new NotFoundResponse("there is no conversation " + id);
        }
        answer(context, token);
    }

    private void withdraw(Context context) {
        String owner = conversations.owner(context);
        ConversationRoutes.answer(context, store.share(owner, ConversationRoutes.id(context), null));
    }

    private static void answer(Context context, @Nullable String token) {
        Json.send(context, Json.object().put(TOKEN, token));
    }

    private Optional<StoredConversation> find(Context context) {
        return store.loadShared(context.pathParam(TOKEN));
    }

    private void show(Context context) {
        boolean isThere = find(context).isPresent();
        pages.send(context, "share.html", UnaryOperator.identity());
        context.status(isThere ? HttpStatus.OK : HttpStatus.NOT_FOUND).header("X-Robots-Tag", "noindex");
    }

    private void read(Context context) {
        ObjectNode conversation = find(context).map(ConversationJson::shared).orElseThrow(ShareRoutes::nothing);
        conversation.set("avatars", Json.tree(page.chat().avatars().keySet()));
        Json.send(context, conversation);
    }

    /** Of all files, those that the conversation shows now, to whom it is shared. */
    private void download(Context context) throws IOException {
        String path = context.pathParam("path");
        boolean isShown = find(context).orElseThrow(ShareRoutes::nothing).path().stream()
                .flatMap(message -> message.additions().files().stream())
                .anyMatch(file -> file.path().equals(path));
        if (!isShown) {
            throw new NotFoundResponse(
                    "the conversation that is shared by this link does not show the file '" + path + "'");
        }
        files.download(context);
    }

    private static NotFoundResponse nothing() {
        return new NotFoundResponse("nothing is shared by this link, or not any more");
    }
}
