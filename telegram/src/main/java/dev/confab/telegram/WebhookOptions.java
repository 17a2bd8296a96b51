package dev.confab.telegram;

import dev.confab.engine.error.ConfabException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * How Telegram brings updates to the bot, instead of the bot asking for them.
 *
 * @param url the address that Telegram knows, with HTTPS; what stands before the bot and speaks HTTPS passes requests on
 * @param secret what Telegram proves with that it is Telegram: 16 to 256 letters, digits, {@code _} and {@code -}
 * @param listen where the bot itself listens, with HTTP; port 0 for any that is free
 */
public record WebhookOptions(URI url, String secret, InetSocketAddress listen) {
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{16,256}");

    /**
     * Checks address and secret.
     *
     * @throws ConfabException if one of them cannot be used
     */
    public WebhookOptions {
        if (!"https".equals(url.getScheme()) || url.getHost() == null) {
            throw new ConfabException(
                    "the webhook is " + url + "; Telegram wants https://, a host, and perhaps a path");
        }
        if (!SECRET.matcher(secret).matches()) {
            throw new ConfabException("the webhook's secret, " + secret.length()
                    + " characters long, has to be 16 to 256 letters, digits, _ and -");
        }
    }

    /** The path at which updates come. */
    String path() {
        return url.getPath().isEmpty() ? "/" : url.getPath();
    }

    @Override
    public String toString() {
        return "webhook " + url + " at " + listen;
    }
}
