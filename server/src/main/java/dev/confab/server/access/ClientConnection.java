package dev.confab.server.access;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The connection that a request came by, while its answer is being made. Where nothing is written before the whole answer
 * is there, only a look at the socket tells that the client has gone away. Usable from any thread.
 *
 * <p>A client of HTTP/1.1 sends nothing until it has its answer, so that reading finds nothing, or the end. A client that
 * closes its half of the connection counts as gone. One that sends its next request early has a byte of it read here, so
 * {@link #settle} closes its connection after the answer; it has to ask again, as RFC 9112, section 9.3.2, tells it to.
 */
public final class ClientConnection {
    private static final String ATTRIBUTE = "dev.confab.connection";
    /** A look costs a call of the system, and there may be a thousand tokens a second. */
    private static final long INTERVAL = Duration.ofMillis(100).toNanos();

    private final @Nullable SocketChannel channel;
    private final ByteBuffer next = ByteBuffer.allocate(1);
    private long lookAt = System.nanoTime();
    private boolean closed;

    private ClientConnection(@Nullable SocketChannel channel) {
        this.channel = channel;
    }

    /** Remembers each request's connection; to be inserted into the web server. */
    public static Handler.Singleton handler() {
        return new Handler.Wrapper() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                request.setAttribute(
                        ATTRIBUTE,
                        request.getConnectionMetaData().getConnection().getEndPoint());
                return super.handle(request, response, callback);
            }
        };
    }

    /** Of a request whose body has been read. */
    public static ClientConnection of(Context context) {
        @Nullable
        Object transport =
                context.req().getAttribute(ATTRIBUTE) instanceof EndPoint endPoint ? endPoint.getTransport() : null;
        return new ClientConnection(transport instanceof SocketChannel socket ? socket : null);
    }

    /** Whether the client is gone; quick enough to be asked for each token. */
    public synchronized boolean isClosed() {
        long now = System.nanoTime();
        if (channel != null && !closed && next.hasRemaining() && now - lookAt >= 0) {
            lookAt = now + INTERVAL;
            try {
                closed = channel.read(next) < 0;
            } catch (IOException e) {
                closed = true; // that is how a reset shows
            }
        }
        return closed;
    }

    /** Sees to it that what was read in vain does no harm; to be called before the answer is sent. */
    public synchronized void settle(Context context) {
        if (!next.hasRemaining()) {
            context.header("Connection", "close");
        }
    }
}
