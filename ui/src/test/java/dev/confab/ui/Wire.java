package dev.confab.ui;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between a browser and a page, which can be cut. */
final class Wire implements AutoCloseable {
    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int target;
    private volatile boolean isCut;

    Wire(RunningPage page) throws IOException {
        target = page.port();
        Thread.ofVirtual().start(this::accept);
    }

    /** The page's address at this end. */
    URI url() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort());
    }

    /** Ends all connections, and lets no new one through. */
    void cut() throws IOException {
        isCut = true;
        for (Socket socket : open) {
            socket.close();
        }
    }

    void mend() {
        isCut = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket browser = entrance.accept();
                if (isCut) {
                    browser.close();
                } else {
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                    open.add(browser);
                    open.add(server);
                    Thread.ofVirtual().start(() -> carry(browser, server));
                    Thread.ofVirtual().start(() -> carry(server, browser));
                }
            }
        } catch (IOException e) {
            // the end of the test
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one end is gone, so the other goes too
        }
        open.remove(from);
        open.remove(to);
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
