package dev.confab.ui.http;

import dev.confab.ui.call.Call;
import dev.confab.ui.call.Endpoint;
import dev.confab.ui.call.Session;
import dev.confab.ui.call.SessionStream;
import io.javalin.http.Context;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/** Calls through the queue: join it, follow all of a session's calls in one stream, cancel one. */
final class QueueRoutes {
    private final Requests requests;

    QueueRoutes(Requests requests) {
        this.requests = requests;
    }

    void join(Context context) {
        ObjectNode body = Json.body(context);
        Endpoint endpoint = requests.numbered(body);
        Session session = requests.session(context, body.path("session_hash").asString(""));
        Call call = requests.calls().submit(endpoint, session, endpoint.read(body.path("data"), requests.files()));
        Json.send(context, Json.object().put("event_id", call.eventId()));
    }

    void data(Context context) throws IOException, InterruptedException {
        String hash = context.queryParam("session_hash");
        Session session = requests.session(context, hash == null ? "" : hash);
        try (SessionStream news = session.openStream()) {
            EventStream out = new EventStream(context);
            boolean last = false;
            while (!last) {
                SessionStream.Batch batch = news.next(requests.heartbeat());
                last = batch.last();
                for (SessionStream.Item item : batch.items()) {
                    out.data(requests.text(context, QueueMessages.of(item.eventId(), item.event())));
                }
                if (last) {
                    out.data(QueueMessages.CLOSE_STREAM);
                } else if (batch.items().isEmpty()) {
                    out.data(QueueMessages.HEARTBEAT);
                }
                out.flush();
            }
        } finally {
            session.touch();
        }
    }

    /** Only who knows the event's name, which cannot be guessed, gets here. */
    void cancel(Context context) {
        String eventId = Json.body(context).path("event_id").asString("");
        boolean cancelled = requests.calls()
                .find(eventId)
                .map(call -> requests.calls().cancel(call))
                .orElse(false);
        Json.send(context, Json.object().put("success", true).put("cancelled", cancelled));
    }

    /** Clients ask for it after cancelling, when all is done. */
    void reset(Context context) {
        Json.send(context, Json.object().put("success", true));
    }

    void status(Context context) {
        Json.send(
                context,
                Json.object()
                        .put("msg", "estimation")
                        .put("queue_size", requests.calls().waiting()));
    }

    /** Held open for Python's client, which would otherwise ask again and again. */
    void heartbeat(Context context) throws IOException, InterruptedException {
        Session session = requests.session(context, context.pathParam("hash"));
        EventStream out = new EventStream(context);
        do {
            out.data("ALIVE").flush();
            session.touch();
        } while (!requests.awaitClose(requests.heartbeat()));
    }
}
