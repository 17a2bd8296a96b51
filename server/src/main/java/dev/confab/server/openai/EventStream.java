package dev.confab.server.openai;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events, written by the request's own thread and flushed one by one. A client that reads slowly holds up
 * nobody but this thread; one that is gone shows as an {@link UncheckedIOException}.
 */
final class EventStream {
    private final OutputStream out;

    EventStream(Context context) {
        var response = context.res();
        response.setStatus(200);
        response.setContentType("text/event-stream; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        try {
            out = response.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void data(String data) {
        write("data: " + data + "\n\n");
    }

    /** Something that clients skip, but proxies and people see. */
    void comment(String text) {
        write(": " + text + "\n\n");
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the client is gone", e);
        }
    }
}
