package dev.confab.server.access;

import dev.confab.engine.error.ConfabException;

/**
 * The largest input that is taken.
 *
 * @param bodyBytes bytes of a request
 * @param characters characters of all its texts together
 * @param messages messages of a conversation
 * @param replies replies to one prompt, and prompts of one request
 */
public record InputLimits(int bodyBytes, int characters, int messages, int replies) {
    private static final int DEFAULT_BODY = 1 << 20;
    private static final int DEFAULT_CHARACTERS = 100_000;
    private static final int DEFAULT_MESSAGES = 1000;
    private static final int DEFAULT_REPLIES = 16;

    /**
     * Checks that all are positive.
     *
     * @throws ConfabException if one is not
     */
    public InputLimits {
        if (bodyBytes < 1 || characters < 1 || messages < 1 || replies < 1) {
            throw new ConfabException("input limits: " + bodyBytes + " bytes, " + characters + " characters, "
                    + messages + " messages, " + replies + " replies; each must be at least 1");
        }
    }

    /** A mebibyte, 100,000 characters, 1,000 messages, 16 replies. */
    public static InputLimits defaults() {
        return new InputLimits(DEFAULT_BODY, DEFAULT_CHARACTERS, DEFAULT_MESSAGES, DEFAULT_REPLIES);
    }
}
