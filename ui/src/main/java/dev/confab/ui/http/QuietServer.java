package dev.confab.ui.http;

import io.javalin.config.JavalinConfig;

/** How every web server here is set up. */
public final class QuietServer {
    private QuietServer() {}

    /** A server that prints nothing, does not tell its version, and has a virtual thread for each request. */
    public static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    }
}
