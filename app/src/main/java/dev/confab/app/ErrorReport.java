package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Collection;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import tools.jackson.core.JacksonException;

/** Says in one line on standard error what went wrong, and chooses the exit code. */
final class ErrorReport {
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private final PrintStream err;
    private final boolean debug;

    ErrorReport(PrintStream err, boolean debug) {
        this.err = err;
        this.debug = debug;
    }

    /** Something was given on the command line that is not understood. */
    int usage(ParameterException error, LayeredDefaults defaults) {
        CommandLine command = error.getCommandLine();
        String message = String.valueOf(error.getMessage());
        String origin = defaults.originOf(error.getArgSpec());
        print(
                message + origin + nearest(error) + " (see "
                        + command.getCommandSpec().qualifiedName() + " --help)",
                error);
        return USAGE;
    }

    /** A command has ended with an error. */
    int failure(Throwable error) {
        if (isOutOfMemory(error)) {
            // On its own, since the switch and the joining of texts below take memory when they are first reached.
            err.println("confab: out of memory; try --weights q8 or q4, or give Java more with"
                    + " CONFAB_JAVA_OPTIONS=-Xmx4g");
            if (debug) {
                error.printStackTrace(err);
            }
            return FAILURE;
        }
        switch (error) {
            case StandardOutput.ReaderGone _ -> {
                return 0;
            }
            case UsageException _ -> {
                print(String.valueOf(error.getMessage()), error);
                return USAGE;
            }
            case ConfabException _ -> print(String.valueOf(error.getMessage()), error);
            case UncheckedIOException unchecked -> print(describe(unchecked), error);
            case IOException io -> print(describe(io), error);
            case JacksonException json -> print(json.getOriginalMessage(), error);
            default ->
                print(
                        "this should not have happened, please report it: " + error
                                + (debug ? "" : " (--debug shows where)"),
                        error);
        }
        return FAILURE;
    }

    /** It may have come while Java linked a method, or to another thread. */
    private static boolean isOutOfMemory(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    private void print(String message, Throwable error) {
        err.println("confab: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
        if (debug) {
            error.printStackTrace(err);
        }
    }

    /** What a misspelt option or command was perhaps meant to be. */
    private static String nearest(ParameterException error) {
        if (!(error instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        String found = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
        CommandLine command = error.getCommandLine();
        Collection<String> known = found.startsWith("-")
                ? command.getCommandSpec().optionsMap().keySet()
                : command.getSubcommands().keySet();
        return Nearest.of(found, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }

    private static String describe(UncheckedIOException error) {
        IOException cause = error.getCause();
        String message = String.valueOf(error.getMessage());
        return cause == null || !message.equals(cause.toString()) ? message : describe(cause);
    }

    private static String describe(IOException error) {
        return switch (error) {
            case NoSuchFileException missing -> missing.getFile() + ": no such file";
            case AccessDeniedException denied -> denied.getFile() + ": access denied";
            case NotDirectoryException file -> file.getFile() + ": not a folder";
            case FileAlreadyExistsException present -> present.getFile() + ": exists already";
            default -> Objects.requireNonNullElse(error.getMessage(), error.toString());
        };
    }
}
