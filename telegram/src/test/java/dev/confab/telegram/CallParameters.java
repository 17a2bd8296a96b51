package dev.confab.telegram;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What comes with a call of the Bot API, as a form of either kind. */
final class CallParameters {
    private CallParameters() {}

    static Map<String, String> read(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        return type != null && type.startsWith("multipart/") ? parts(body, type) : form(body);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static Map<String, String> parts(String body, String type) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String boundary = type.substring(type.indexOf("boundary=") + "boundary=".length());
        for (String part : body.split("--" + boundary, -1)) {
            int name = part.indexOf("name=\"");
            int content = part.indexOf("\r\n\r\n");
            if (name > 0 && content > 0) {
                parameters.put(
                        part.substring(name + 6, part.indexOf('"', name + 6)),
                        part.substring(content + 4, part.length() - 2));
            }
        }
        return parameters;
    }
}
