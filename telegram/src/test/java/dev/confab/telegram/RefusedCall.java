package dev.confab.telegram;

/** Telegram says no. */
final class RefusedCall extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int code;

    RefusedCall(int code, String description) {
        super(description);
        this.code = code;
    }
}
