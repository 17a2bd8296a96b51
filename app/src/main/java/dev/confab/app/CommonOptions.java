package dev.confab.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command understands. */
final class CommonOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file of options, by name; CONFAB_* variables and flags override it")
    @Nullable
    Path config; // Read before all other options: see LayeredDefaults.

    @Option(names = "--quiet", description = "no progress, no notices")
    boolean quiet;

    @Option(names = "--debug", description = "the whole story of an error")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this help")
    boolean help;
}
