package dev.confab.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where many inputs come from. */
final class BatchOption {
    @Option(
            names = "--batch",
            paramLabel = "FILE",
            description = "JSON Lines in, JSON Lines out, in the same order; - for standard input")
    @Nullable
    String batch;

    /** The file, where there is no other way in. */
    String required() {
        if (batch == null) {
            throw new UsageException("no input; give --batch FILE, or --batch - for standard input");
        }
        return batch;
    }
}
