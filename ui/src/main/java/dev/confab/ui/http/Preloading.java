package dev.confab.ui.http;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads classes of the web server in a thread of its own, while another thread makes the routes. To load them is most of the
 * work of starting a page, so that it starts sooner where there is more than one processor, and no later where there is one.
 */
final class Preloading {
    /** In the order in which they are needed, those that bring most others with them. */
    static final List<String> CLASSES = List.of(
            "org.eclipse.jetty.server.Server",
            "org.eclipse.jetty.http.MimeTypes",
            "org.eclipse.jetty.io.ArrayByteBufferPool",
            "org.eclipse.jetty.util.resource.FileSystemPool",
            "org.eclipse.jetty.util.resource.PathResource",
            "org.eclipse.jetty.server.LowResourceMonitor",
            "org.eclipse.jetty.server.handler.StatisticsHandler",
            "org.eclipse.jetty.ee10.servlet.ServletContextHandler",
            "org.eclipse.jetty.ee10.servlet.ServletContextRequest",
            "org.eclipse.jetty.server.SymlinkAllowedResourceAliasChecker",
            "org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler",
            "org.eclipse.jetty.ee10.servlet.SessionHandler",
            "org.eclipse.jetty.ee10.servlet.ServletHandler",
            "io.javalin.jetty.JavalinJettyServlet",
            "org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer",
            "org.eclipse.jetty.ee10.servlet.ServletHolder",
            "org.eclipse.jetty.http.HttpMethod",
            "org.eclipse.jetty.http.UriCompliance",
            "org.eclipse.jetty.http.CookieCompliance",
            "org.eclipse.jetty.http.MultiPartCompliance",
            "org.eclipse.jetty.server.ServerConnector",
            "org.eclipse.jetty.server.HttpConnectionFactory",
            "org.eclipse.jetty.server.internal.HttpConnection",
            "org.eclipse.jetty.http.HttpParser",
            "org.eclipse.jetty.server.ShutdownMonitor",
            "org.eclipse.jetty.server.handler.ErrorHandler",
            "org.eclipse.jetty.websocket.core.server.WebSocketServerComponents",
            "org.eclipse.jetty.websocket.core.internal.PerMessageDeflateExtension",
            "org.eclipse.jetty.websocket.core.internal.FragmentExtension",
            "org.eclipse.jetty.websocket.core.internal.ValidationExtension",
            "org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer",
            "org.eclipse.jetty.websocket.core.server.internal.RFC6455Handshaker",
            "org.eclipse.jetty.websocket.core.server.internal.RFC8441Handshaker",
            "org.eclipse.jetty.ee10.websocket.server.internal.JettyServerFrameHandlerFactory",
            "org.eclipse.jetty.websocket.core.server.internal.CreatorNegotiator",
            "org.eclipse.jetty.session.DefaultSessionIdManager",
            "org.eclipse.jetty.session.DefaultSessionCache",
            "org.eclipse.jetty.session.NullSessionDataStore",
            "org.eclipse.jetty.session.HouseKeeper",
            "org.eclipse.jetty.http.pathmap.PathMappings",
            "org.eclipse.jetty.http.pathmap.ServletPathSpec",
            "org.eclipse.jetty.io.ManagedSelector",
            "org.eclipse.jetty.util.thread.strategy.AdaptiveExecutionStrategy");

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private Preloading() {}

    /** Begins, unless that was done, and returns at once. */
    static void begin() {
        if (!BEGUN.get()) {
            Thread.ofPlatform().daemon().name("confab-preloading").start(Preloading::run);
        }
    }

    /** Loads the classes, unless they are being loaded already. */
    static void run() {
        if (BEGUN.compareAndSet(false, true)) {
            CLASSES.forEach(Preloading::load);
        }
    }

    /** Whoever needs a class that cannot be loaded says so better. */
    private static void load(String name) {
        try {
            Class.forName(name);
        } catch (ReflectiveOperationException | LinkageError e) {
            System.getLogger(Preloading.class.getName()).log(Level.DEBUG, name + " was not loaded ahead", e);
        }
    }
}
