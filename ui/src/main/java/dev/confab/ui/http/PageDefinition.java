package dev.confab.ui.http;

import dev.confab.ui.account.Accounts;
import dev.confab.ui.call.CallLimits;
import dev.confab.ui.call.Endpoint;
import dev.confab.ui.conversation.ConversationStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a server has to know of a page.
 *
 * @param kind whether it is a form or a chat
 * @param look how it looks
 * @param form what is special about its first endpoint, which the page shows
 * @param endpoint the function
 * @param network where it is served
 * @param limits what it may use up
 * @param access who may use it
 * @param flagging what is done with samples that users point out
 * @param chat what only a chat has
 * @param showErrors whether users see the messages of exceptions
 */
public record PageDefinition(
        Kind kind,
        Look look,
        Form form,
        Endpoint endpoint,
        Network network,
        Limits limits,
        Access access,
        Flagging flagging,
        Chat chat,
        boolean showErrors) {

    /** Which of the two pages it is. */
    public enum Kind {
        /** Inputs, a button, outputs. */
        INTERFACE("interface"),
        /** A chat. */
        CHAT("chat_interface");

        private final String mode;

        Kind(String mode) {
            this.mode = mode;
        }

        /** What Gradio calls it. */
        public String mode() {
            return mode;
        }
    }

    /**
     * How it looks.
     *
     * @param title the heading
     * @param description Markdown below the heading
     * @param article Markdown at the end
     * @param css the author's style sheet
     * @param javaScript the author's script
     * @param head HTML for the page's head
     * @param favicon the picture in the browser's tab, null for the usual one
     * @param theme the page's CSS custom properties that differ from the usual ones, by their names without dashes
     * @param locales files with texts in more languages, or with other texts, by the languages' codes
     */
    public record Look(
            String title,
            String description,
            String article,
            String css,
            String javaScript,
            String head,
            @Nullable Path favicon,
            Map<String, String> theme,
            Map<String, Path> locales) {}

    /**
     * What is special about the endpoint that the page shows.
     *
     * @param additionalInputs how many of the last inputs are additional ones, shown apart
     * @param live whether it is called at each change of an input
     * @param examples values for the inputs to choose from
     */
    public record Form(int additionalInputs, boolean live, List<List<@Nullable Object>> examples) {}

    /**
     * Where it is served.
     *
     * @param host the address to listen at
     * @param port the port, 0 for any
     * @param nextFree whether a port that is taken means to try the next ones
     * @param rootPath the path under which a proxy shows it, such as {@code /bot}; empty for none
     * @param allowedOrigins other sites whose pages may use it
     * @param embedders other sites whose pages may show it in a frame
     * @param quiet whether the address is not printed
     */
    public record Network(
            String host,
            int port,
            boolean nextFree,
            String rootPath,
            List<String> allowedOrigins,
            List<String> embedders,
            boolean quiet) {}

    /**
     * What it may use up.
     *
     * @param calls limits of calls
     * @param sessionCapacity how many sessions are remembered
     * @param sessionTimeToLive how long a session is remembered after its last use
     * @param maxFileSize the largest file to upload, in bytes
     * @param maxStoredBytes how much all uploaded files may take
     * @param allowedPaths folders whose files may be downloaded
     */
    public record Limits(
            CallLimits calls,
            int sessionCapacity,
            Duration sessionTimeToLive,
            long maxFileSize,
            long maxStoredBytes,
            List<Path> allowedPaths) {}

    /**
     * Who may use it.
     *
     * @param accounts of those who may use it
     * @param message what the login page says
     * @param openPaths beginnings of paths that need no login
     */
    public record Access(Accounts accounts, @Nullable String message, List<String> openPaths) {}

    /**
     * What is done with samples that users point out.
     *
     * @param log the file that they are added to, null to take none
     * @param options what users can say of them
     */
    public record Flagging(@Nullable Path log, List<String> options) {}

    /**
     * What only a chat has.
     *
     * @param store keeps its conversations, null if there is none
     * @param rated whether the store also keeps what users think of replies, though there may be no log
     * @param avatars the pictures beside messages, by their roles
     */
    public record Chat(@Nullable ConversationStore store, boolean rated, Map<String, Path> avatars) {
        /** Of a page that is no chat. */
        public static final Chat NONE = new Chat(null, false, Map.of());
    }
}
