package dev.confab.server.openai;

import dev.confab.engine.error.ConfabException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A request that cannot be served as it is, in OpenAI's terms. */
final class ApiException extends ConfabException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final @Nullable String parameter;
    private final @Nullable String code;

    private ApiException(int status, String type, String message, @Nullable String parameter, @Nullable String code) {
        super(message);
        this.status = status;
        this.type = type;
        this.parameter = parameter;
        this.code = code;
    }

    /** A parameter whose value cannot be used. */
    static ApiException invalid(String parameter, String message) {
        return new ApiException(400, "invalid_request_error", message, parameter, "invalid_value");
    }

    /** A parameter that this server does not know how to follow. */
    static ApiException unsupported(String parameter, String why) {
        return new ApiException(
                400,
                "invalid_request_error",
                "'" + parameter + "' is not supported: " + why + "; leave it out",
                parameter,
                "unsupported_parameter");
    }

    /** A prompt that is too long for the model. */
    static ApiException tooLong(String parameter, String message) {
        return new ApiException(400, "invalid_request_error", message, parameter, "context_length_exceeded");
    }

    /** A model, or an address, that there is not. */
    static ApiException notFound(String message, @Nullable String parameter, @Nullable String code) {
        return new ApiException(404, "invalid_request_error", message, parameter, code);
    }

    /** Any other refusal. */
    static ApiException of(int status, String type, String message, @Nullable String code) {
        return new ApiException(status, type, message, null, code);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    @Nullable
    String parameter() {
        return parameter;
    }

    @Nullable
    String code() {
        return code;
    }
}
