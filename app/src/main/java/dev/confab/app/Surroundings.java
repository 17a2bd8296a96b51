package dev.confab.app;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the command line touches of the process around it, so that a test can give it another.
 *
 * @param in what is typed or piped in
 * @param out where results go, and nothing else
 * @param err where everything else goes
 * @param environment the environment's variables
 * @param interactive whether this is the process's own console, so that terminals may be looked for
 */
record Surroundings(
        InputStream in, StandardOutput out, PrintStream err, Map<String, String> environment, boolean interactive) {

    /** The process's own. Text is UTF-8 whatever the locale says, as JSON demands. */
    static Surroundings ofThisProcess() {
        return new Surroundings(
                new FileInputStream(FileDescriptor.in),
                new StandardOutput(new FileOutputStream(FileDescriptor.out)),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                true);
    }

    /** The value of a variable, or the other text where it is not set or empty. */
    String variable(String name, String otherwise) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    /** The folder for what outlives a process, such as the history of the terminal chat. */
    Path dataFolder() {
        String system = System.getProperty("os.name", "");
        Path home = Path.of(System.getProperty("user.home", "."));
        if (system.startsWith("Mac")) {
            return home.resolve("Library/Application Support/Confab");
        }
        if (system.startsWith("Windows")) {
            return Path.of(variable("APPDATA", home.toString())).resolve("Confab");
        }
        return Path.of(variable("XDG_DATA_HOME", home.resolve(".local/share").toString()))
                .resolve("confab");
    }
}
