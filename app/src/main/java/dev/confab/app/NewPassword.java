package dev.confab.app;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jline.terminal.spi.SystemStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A password to give a user: typed twice without being seen, or from a file; never an argument. */
final class NewPassword {
    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "file whose first line is the password, - for standard input (default: asks in the terminal)")
    @Nullable
    Path passwordFile;

    /**
     * Reads it.
     *
     * @throws UsageException if there is no terminal to ask in
     */
    String read(Surroundings surroundings) throws IOException {
        if (passwordFile != null) {
            return passwordFile.equals(Path.of("-"))
                    ? SecretFile.firstLine("standard input", surroundings.in())
                    : SecretFile.firstLine("--password-file", passwordFile);
        }
        Console console = Terminals.isTerminal(surroundings, SystemStream.Input) ? System.console() : null;
        if (console == null) {
            throw new UsageException(
                    "there is no terminal to ask for the password in; give it with --password-file FILE, or - for standard input");
        }
        char[] password = console.readPassword("Password: ");
        char[] again = console.readPassword("Again: ");
        if (password == null || !Arrays.equals(password, again)) {
            throw new UsageException("the passwords differ; nothing was changed");
        }
        return new String(password);
    }
}
