package dev.confab.telegram;

/** What comes from the Bot API instead of an answer. */
sealed interface Fault {
    /** An answer with a status. */
    record Status(int code, String type, String body) implements Fault {}

    /** The connection is cut, before or after the call has taken effect. */
    record Cut(boolean after) implements Fault {}

    static Fault tooMany(int seconds) {
        return error(
                429, "Too Many Requests: retry after " + seconds, ",\"parameters\":{\"retry_after\":" + seconds + "}");
    }

    static Fault error(int code, String description) {
        return error(code, description, "");
    }

    static Fault badGateway() {
        return new Status(502, "text/html", "<html><body>502 Bad Gateway</body></html>");
    }

    private static Fault error(int code, String description, String more) {
        return new Status(
                code,
                "application/json",
                "{\"ok\":false,\"error_code\":" + code + ",\"description\":\"" + description + "\"" + more + "}");
    }
}
