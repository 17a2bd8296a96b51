package dev.confab.ui.http;

import dev.confab.ui.call.Call;
import dev.confab.ui.call.CallEvent;
import dev.confab.ui.call.CallReader;
import dev.confab.ui.call.Endpoint;
import dev.confab.ui.call.Session;
import dev.confab.ui.component.ChatLog;
import dev.confab.ui.component.ChatMessage;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls one by one: by two requests as curl makes them, by one that waits, or by one that streams. */
final class CallRoutes {
    /** Whether the turn is kept; if not, the page saves the conversation as a whole. */
    private static final String KEPT = "Confab-Kept";

    private final Requests requests;
    private final Turns turns;

    CallRoutes(Requests requests, Turns turns) {
        this.requests = requests;
        this.turns = turns;
    }

    /** Arguments in their order. */
    void call(Context context) {
        ObjectNode body = Json.body(context);
        Endpoint endpoint = requests.named(context);
        answerWithEventId(context, submit(context, endpoint, body, endpoint.read(body.path("data"), requests.files())));
    }

    /** Arguments by their names. */
    void callNamed(Context context) {
        ObjectNode body = Json.body(context);
        Endpoint endpoint = requests.named(context);
        answerWithEventId(context, submit(context, endpoint, body, endpoint.readNamed(body, requests.files())));
    }

    private Call submit(Context context, Endpoint endpoint, ObjectNode body, List<@Nullable Object> inputs) {
        return submit(context, endpoint, body, inputs, _ -> {});
    }

    private Call submit(
            Context context,
            Endpoint endpoint,
            ObjectNode body,
            List<@Nullable Object> inputs,
            Consumer<CallEvent> whenEnded) {
        Session session = requests.session(context, body.path("session_hash"));
        return requests.calls().submitAlone(endpoint, session, inputs, whenEnded);
    }

    private static void answerWithEventId(Context context, Call call) {
        Json.send(context, Json.object().put("event_id", call.eventId()));
    }

    /** The news of a call, each with all values that a client may see. */
    void follow(Context context) throws IOException, InterruptedException {
        Call call = find(context);
        try (CallReader reader = call.newReader(0)) {
            EventStream out = new EventStream(context);
            ArrayNode values = Json.array();
            while (!reader.sawEnd()) {
                CallEvent event = reader.next(requests.heartbeat());
                switch (event) {
                    case null -> out.event("heartbeat", "null");
                    case CallEvent.Values(var first) -> {
                        values = first;
                        out.event("generating", requests.text(context, visible(call, values)));
                    }
                    case CallEvent.Changed change -> {
                        values = CallEvent.apply(values, change);
                        out.event("generating", requests.text(context, visible(call, values)));
                    }
                    case CallEvent.Completed done ->
                        out.event("complete", requests.text(context, visible(call, done.values())));
                    case CallEvent.Failed failed ->
                        out.event(
                                "error",
                                Json.object().put("error", failed.message()).toString());
                    case CallEvent.Waiting _, CallEvent.Started _, CallEvent.Progress _, CallEvent.Note _ -> {
                        continue;
                    }
                }
                out.flush();
            }
        }
    }

    /** Without the states, which are no client's. */
    static ArrayNode visible(Call call, ArrayNode values) {
        ArrayNode visible = Json.array();
        for (int i = 0; i < values.size(); i++) {
            if (!call.endpoint().outputs().get(i).isState()) {
                visible.add(values.get(i));
            }
        }
        return visible;
    }

    /** One request, one answer. */
    void run(Context context) throws InterruptedException {
        ObjectNode body = Json.body(context);
        Endpoint endpoint = requests.named(context);
        Call call = submit(context, endpoint, body, endpoint.read(body.path("data"), requests.files()));
        try (CallReader reader = call.newReader(0)) {
            while (!reader.sawEnd()) {
                switch (reader.next(requests.heartbeat())) {
                    case CallEvent.Completed done ->
                        Json.send(context, requests.withAddresses(context, QueueMessages.output(done)));
                    case CallEvent.Failed failed -> {
                        context.status(HttpStatus.INTERNAL_SERVER_ERROR);
                        Json.send(context, Json.object().put("error", failed.message()));
                    }
                    case null, default -> {}
                }
            }
        }
    }

    /** One request whose answer streams: what our own page does. */
    void stream(Context context) throws IOException, InterruptedException {
        ObjectNode body = Json.body(context);
        Endpoint endpoint = requests.named(context);
        List<@Nullable Object> inputs = endpoint.read(body.path("data"), requests.files());
        boolean withHistory = body.has("history") && requests.isChat();
        List<@Nullable Object> all = withHistory ? withHistory(endpoint, inputs, body) : inputs;
        TurnRecorder recorder = turns.recorder(context, endpoint, body);
        if (recorder == null) {
            stream(context, submit(context, endpoint, body, all), 0, null);
            return;
        }
        Call call = submit(context, endpoint, body, all, recorder::ended);
        context.header(KEPT, recorder.began(call) ? "yes" : "no");
        stream(context, call, 0, recorder);
    }

    /** Users of a chat go back, ask again and change what they said, so the page says what was before a message. */
    private List<@Nullable Object> withHistory(Endpoint endpoint, List<@Nullable Object> inputs, ObjectNode body) {
        List<ChatMessage> history = ChatLog.of("history").read(body.path("history"), requests.files());
        List<@Nullable Object> known = new ArrayList<>(inputs);
        for (int i = 0; i < known.size(); i++) {
            if (endpoint.inputs().get(i).isState()) {
                known.set(i, List.copyOf(history));
            }
        }
        return known;
    }

    /** Goes on with a stream that was cut off, after the event that the reader saw last. */
    void resume(Context context) throws IOException, InterruptedException {
        String last = context.header("Last-Event-ID");
        String after = last == null ? context.queryParam("after") : last.substring(last.indexOf(':') + 1);
        if (after == null || !after.matches("\\d{1,15}")) {
            throw new BadRequestException("Last-Event-ID is " + last + ", expected the id of an event");
        }
        stream(context, find(context), Long.parseLong(after), null);
    }

    private void stream(Context context, Call call, long after, @Nullable TurnRecorder recorder)
            throws IOException, InterruptedException {
        try (CallReader reader = call.newReader(after)) {
            EventStream out = new EventStream(context);
            while (!reader.sawEnd()) {
                CallEvent event = reader.next(requests.heartbeat());
                if (event == null) {
                    out.data(QueueMessages.HEARTBEAT);
                } else {
                    ObjectNode message = QueueMessages.of(call.eventId(), event);
                    if (event instanceof CallEvent.Completed && recorder != null && recorder.hasFailed()) {
                        message.withObject("output").put("kept", false); // the page tries itself, or says so
                    }
                    String id = call.eventId() + ":" + reader.position();
                    out.event(id, message.path("msg").stringValue(), requests.text(context, message));
                }
                out.flush();
            }
        }
    }

    private Call find(Context context) {
        String eventId = context.pathParam("event");
        return requests.calls()
                .find(eventId)
                .orElseThrow(() -> new NotFoundResponse("there is no event " + eventId + ", or it ended long ago"));
    }
}
