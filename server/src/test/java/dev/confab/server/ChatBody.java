package dev.confab.server;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of requests for chat completions. */
final class ChatBody {
    private ChatBody() {}

    /** A conversation that begins with a message. */
    static ObjectNode messages(String role, String text) {
        ObjectNode body = TestServer.JSON.createObjectNode().put("model", "tiny");
        body.putArray("messages");
        return add(body, role, text);
    }

    /** The same conversation, and one message more. */
    static ObjectNode add(ObjectNode body, String role, String text) {
        ((ArrayNode) body.get("messages")).addObject().put("role", role).put("content", text);
        return body;
    }
}
