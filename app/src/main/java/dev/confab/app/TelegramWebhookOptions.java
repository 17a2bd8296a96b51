package dev.confab.app;

import dev.confab.telegram.WebhookOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether Telegram brings updates, and where to. */
final class TelegramWebhookOptions {
    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description = "let Telegram bring updates to this address, instead of asking for them; HTTPS in front of"
                    + " --webhook-listen is yours to provide")
    @Nullable
    URI url;

    @Option(
            names = "--webhook-secret-file",
            paramLabel = "FILE",
            description = "file with the secret by which Telegram is known: 16 to 256 letters, digits, _ and -")
    @Nullable
    Path secretFile;

    @Option(
            names = "--webhook-listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8443",
            description = "where updates come in (default: ${DEFAULT-VALUE})")
    String listen = "";

    /**
     * The webhook, if one is asked for.
     *
     * @throws UsageException if a part of it is missing or wrong
     */
    Optional<WebhookOptions> webhook() throws IOException {
        if (url == null) {
            return Optional.empty();
        }
        if (secretFile == null) {
            throw new UsageException("--webhook needs --webhook-secret-file, or anybody could play Telegram");
        }
        return Optional.of(new WebhookOptions(
                url,
                SecretFile.firstLine("--webhook-secret-file", secretFile),
                ListenAddress.parse("--webhook-listen", listen)));
    }
}
