package dev.confab.ui.http;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells a client where it gets the files that a message names: by the address that this client knows the server by. */
final class FileAddresses {
    private static final String FILE_TYPE = "gradio.FileData";

    private FileAddresses() {}

    /** The same message if it names no file, else a copy with addresses. */
    static JsonNode fill(JsonNode message, String root) {
        if (!namesFiles(message)) {
            return message;
        }
        JsonNode copy = message.deepCopy();
        fillIn(copy, root);
        return copy;
    }

    private static boolean namesFiles(JsonNode node) {
        return isFile(node) || node.valueStream().anyMatch(FileAddresses::namesFiles);
    }

    private static boolean isFile(JsonNode node) {
        return node.path("meta").path("_type").asString("").equals(FILE_TYPE);
    }

    private static void fillIn(JsonNode node, String root) {
        if (isFile(node) && node instanceof ObjectNode file) {
            String path = file.path("path").asString("");
            file.put("url", root + ConfigJson.API_PREFIX + "/file=" + path);
        } else if (node instanceof ArrayNode || node instanceof ObjectNode) {
            node.forEach(child -> fillIn(child, root));
        }
    }
}
