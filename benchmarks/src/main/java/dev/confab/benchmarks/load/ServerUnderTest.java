package dev.confab.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server that is asked over OpenAI's protocol, with streaming. Usable from any thread.
 *
 * @param url address of the API
 * @param model its model's name
 * @param raw whether conversations are sent as one text, with DialoGPT's separator between turns
 * @param key the API key, null for none
 * @param newTokens of a reply at most
 */
record ServerUnderTest(
        URI url, String model, boolean raw, @Nullable String key, int newTokens) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String END_OF_TURN = "<|endoftext|>";
    private static final String DATA = "data:";

    /**
     * Sends a conversation and reads the reply to its last message.
     *
     * @param said messages and replies in turn
     * @param seed of the reply
     */
    Turn say(List<String> said, int seed) throws InterruptedException {
        HttpRequest request = request(said, seed);
        long asked = System.nanoTime();
        try {
            HttpResponse<InputStream> response = CLIENT.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return response.statusCode() == 200
                        ? read(body, asked)
                        : Turn.failed(asked, "status " + response.statusCode());
            }
        } catch (IOException | JacksonException e) {
            return Turn.failed(asked, e.getClass().getSimpleName());
        }
    }

    private HttpRequest request(List<String> said, int seed) {
        ObjectNode body = JSON.createObjectNode()
                .put("model", model)
                .put("stream", true)
                .put("max_tokens", newTokens)
                .put("temperature", 0.8)
                .put("seed", seed);
        body.putObject("stream_options").put("include_usage", true);
        if (raw) {
            body.put("prompt", String.join(END_OF_TURN, said) + END_OF_TURN);
        } else {
            ArrayNode messages = body.putArray("messages");
            for (int i = 0; i < said.size(); i++) {
                messages.addObject()
                        .put("role", i % 2 == 0 ? "user" : "assistant")
                        .put("content", said.get(i));
            }
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(url + (raw ? "/completions" : "/chat/completions")))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return request.build();
    }

    private Turn read(InputStream events, long asked) {
        var text = new StringBuilder();
        List<Long> parts = new ArrayList<>();
        JsonNode usage = JSON.createObjectNode();
        String error = "cut off";
        try (var lines = new Scanner(events, StandardCharsets.UTF_8)) {
            while (lines.hasNextLine()) {
                String line = lines.nextLine();
                String data =
                        line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
                if (data.equals("[DONE]")) {
                    error = null;
                } else if (!data.isEmpty()) {
                    JsonNode event = JSON.readTree(data);
                    if (event.has("error")) {
                        return Turn.failed(asked, "error in the stream");
                    }
                    String part = event.at(raw ? "/choices/0/text" : "/choices/0/delta/content")
                            .asString("");
                    if (!part.isEmpty()) {
                        parts.add(System.nanoTime());
                        text.append(part);
                    }
                    usage = event.path("usage").isObject() ? event.path("usage") : usage;
                }
            }
        }
        return new Turn(
                asked,
                List.copyOf(parts),
                System.nanoTime(),
                text.toString(),
                usage.path("completion_tokens").asInt(parts.size()),
                usage.path("prompt_tokens").asInt(0),
                usage.at("/prompt_tokens_details/cached_tokens").asInt(0),
                error);
    }
}
