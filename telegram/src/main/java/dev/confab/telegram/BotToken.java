package dev.confab.telegram;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The secret with which a bot proves who it is, as BotFather gives it out. It appears in no text made of this object. */
public final class BotToken {
    private static final Pattern FORM = Pattern.compile("\\d{1,19}:[A-Za-z0-9_-]{20,100}");
    private static final int LONGEST_FILE = 1000;

    private final String secret;

    private BotToken(String secret) {
        this.secret = secret;
    }

    /**
     * A token.
     *
     * @param text such as {@code 110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw}, space around it is ignored
     * @throws ConfabException if it cannot be one; the message does not show it
     */
    public static BotToken of(String text) {
        String token = text.strip();
        if (!FORM.matcher(token).matches()) {
            throw new ConfabException(
                    "the Telegram token, " + token.length() + " characters long, does not look like one;"
                            + " BotFather's tokens are digits, a colon, and 35 letters and digits");
        }
        return new BotToken(token);
    }

    /**
     * Reads a token from a file that holds nothing else.
     *
     * @throws ConfabException if the file cannot be read, or holds no token
     */
    public static BotToken read(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new ConfabException(
                        file + " has " + Files.size(file) + " bytes; a token file holds the token alone");
            }
            return of(Files.readString(file));
        } catch (IOException e) {
            throw new ConfabException(file + ": the Telegram token cannot be read: " + e, e);
        }
    }

    /** The bot's own number, which is no secret. */
    public long botId() {
        return Long.parseLong(secret.substring(0, secret.indexOf(':')));
    }

    /** The token itself. */
    String secret() {
        return secret;
    }

    /** A text without the token. */
    String removedFrom(String text) {
        return text.replace(secret, "TOKEN");
    }

    @Override
    public String toString() {
        return "token of bot " + botId();
    }
}
