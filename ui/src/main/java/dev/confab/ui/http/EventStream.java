package dev.confab.ui.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** An answer that goes on: server-sent events, written by the request's own thread. */
final class EventStream {
    private final OutputStream out;
    private final StringBuilder pending = new StringBuilder();

    EventStream(Context context) throws IOException {
        var response = context.res();
        response.setStatus(200);
        response.setContentType("text/event-stream; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        out = response.getOutputStream();
    }

    /** A message of the protocol: Python's client takes no field but this one, and no other end of line. */
    EventStream data(String json) {
        pending.append("data: ").append(json).append("\n\n");
        return this;
    }

    /** An event with a name. */
    EventStream event(String name, String json) {
        pending.append("event: ").append(name).append('\n');
        return data(json);
    }

    /** An event with a name and a number, by which a cut-off reader comes back. */
    EventStream event(String id, String name, String json) {
        pending.append("id: ").append(id).append('\n');
        return event(name, json);
    }

    /**
     * Sends what was added.
     *
     * @throws IOException if the reader is gone
     */
    void flush() throws IOException {
        out.write(pending.toString().getBytes(StandardCharsets.UTF_8));
        pending.setLength(0);
        out.flush();
    }
}
