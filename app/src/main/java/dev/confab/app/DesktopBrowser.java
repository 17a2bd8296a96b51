package dev.confab.app;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;

/** Opens a page in the user's browser, where there is a desktop. */
final class DesktopBrowser {
    private static final Logger LOGGER = System.getLogger(DesktopBrowser.class.getName());

    private DesktopBrowser() {}

    /** Asks the desktop to show a page; where that does not work, nothing happens. */
    static void open(URI page, Surroundings surroundings) {
        List<String> command = command(page, surroundings);
        if (command.isEmpty()) {
            return;
        }
        try {
            new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "no browser was opened", e);
        }
    }

    /** The program that shows a page; empty where there is no desktop. */
    static List<String> command(URI page, Surroundings surroundings) {
        String system = System.getProperty("os.name", "");
        if (system.startsWith("Mac")) {
            return List.of("open", page.toString());
        }
        if (system.startsWith("Windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", page.toString());
        }
        boolean desktop = !surroundings.variable("DISPLAY", "").isEmpty()
                || !surroundings.variable("WAYLAND_DISPLAY", "").isEmpty();
        boolean remote = !surroundings.variable("SSH_CONNECTION", "").isEmpty();
        return desktop && !remote ? List.of("xdg-open", page.toString()) : List.of();
    }
}
