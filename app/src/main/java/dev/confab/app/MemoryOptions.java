package dev.confab.app;

import dev.confab.dialogue.memory.Memory;
import picocli.CommandLine.Option;

/** How much of a conversation the model is shown, and what becomes of the rest. */
final class MemoryOptions {
    @Option(
            names = "--memory",
            paramLabel = "TOKENS",
            description = "how much of the conversation the model is shown, persona included (default: 500, or what the"
                    + " model has room for)")
    int tokens = Memory.DEFAULT_BUDGET;

    @Option(
            names = "--summary",
            paramLabel = "TOKENS",
            defaultValue = "0",
            description = "how much of the memory tells the model what you said about yourself in turns that it is no"
                    + " longer shown; 0 for nothing (default: ${DEFAULT-VALUE})")
    int summary;

    @Option(
            names = "--recall",
            paramLabel = "N",
            defaultValue = "0",
            description = "how many turns that the model is no longer shown come back with what you say, where they are"
                    + " about the same; 0 for none (default: ${DEFAULT-VALUE})")
    int recall;

    /**
     * The memory that was chosen.
     *
     * @throws UsageException if a number is out of range
     */
    Memory memory() {
        if (tokens < 1) {
            throw new UsageException("--memory " + tokens + ": choose 1 or more tokens");
        }
        if (summary < 0 || summary > tokens / 2) {
            throw new UsageException("--summary " + summary + ": choose 0 to " + tokens / 2 + ", half of --memory");
        }
        if (recall < 0 || recall > Memory.MOST_RECALLED) {
            throw new UsageException("--recall " + recall + ": choose 0 to " + Memory.MOST_RECALLED + " turns");
        }
        return Memory.ofTokens(tokens).withSummary(summary).withRecall(recall);
    }
}
