package dev.confab.ui.http;

import java.io.Serial;

/** A request that makes no sense; the message is for whoever sent it. */
final class BadRequestException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
        super(message);
    }
}
