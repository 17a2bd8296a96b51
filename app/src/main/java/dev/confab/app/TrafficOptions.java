package dev.confab.app;

import dev.confab.server.access.InputLimits;
import dev.confab.server.access.TrafficLimits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How much a server does for one client, and for all. */
final class TrafficOptions {
    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            description = "of one client (default: ${DEFAULT-VALUE})")
    int requestsPerMinute = TrafficLimits.defaults().requestsPerMinute();

    @Option(
            names = "--requests-at-once",
            paramLabel = "N",
            description = "replies under way for one client (default: ${DEFAULT-VALUE})")
    int requestsAtOnce = TrafficLimits.defaults().requestsAtOnce();

    @Option(
            names = "--requests-in-all",
            paramLabel = "N",
            description = "replies under way and waiting for all clients (default: ${DEFAULT-VALUE})")
    int requestsInAll = TrafficLimits.defaults().requestsInAll();

    @Option(
            names = "--page-replies-at-once",
            paramLabel = "N",
            description = "replies on the page that are made at the same time; other people see their place in line"
                    + " (default: ${DEFAULT-VALUE})")
    int pageRepliesAtOnce = TrafficLimits.defaults().pageRepliesAtOnce();

    @Option(
            names = "--reply-seconds",
            paramLabel = "N",
            description = "the longest that a reply may take (default: ${DEFAULT-VALUE})")
    long replySeconds = TrafficLimits.defaults().replyTime().toSeconds();

    @Option(
            names = "--shutdown-seconds",
            paramLabel = "N",
            description = "how long replies under way may go on when the server is stopped (default: ${DEFAULT-VALUE})")
    long shutdownSeconds = TrafficLimits.defaults().shutdownTime().toSeconds();

    @Option(
            names = "--max-characters",
            paramLabel = "N",
            description = "of all texts of a request together (default: ${DEFAULT-VALUE})")
    int maxCharacters = InputLimits.defaults().characters();

    @Option(
            names = "--max-messages",
            paramLabel = "N",
            description = "of a conversation in a request (default: ${DEFAULT-VALUE})")
    int maxMessages = InputLimits.defaults().messages();

    /** How much may come in. */
    InputLimits input() {
        InputLimits defaults = InputLimits.defaults();
        return new InputLimits(defaults.bodyBytes(), maxCharacters, maxMessages, defaults.replies());
    }

    /** How much is done of it. */
    TrafficLimits traffic() {
        return new TrafficLimits(
                requestsPerMinute,
                requestsAtOnce,
                requestsInAll,
                pageRepliesAtOnce,
                Duration.ofSeconds(replySeconds),
                Duration.ofSeconds(shutdownSeconds));
    }
}
