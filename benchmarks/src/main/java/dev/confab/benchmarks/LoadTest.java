package dev.confab.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * People who chat with a server all at once, over its OpenAI-compatible API: each thinks, types, reads the reply as it
 * streams, and goes on in the same conversation. Prints tokens a second, times to the first token, and errors.
 *
 * <p>Arguments: the address of the API, the model's name, how many people, turns of each, new tokens of a reply, mean
 * seconds of thinking and typing.
 */
public final class LoadTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> OPENINGS = List.of(
            "Hello, how was your day? I have just come home from work and I am quite tired.",
            "Do you like music? I listen to a lot of old jazz records when I cook dinner.",
            "What did you do last weekend? We went hiking in the mountains with the children.",
            "I am thinking about learning to play the piano, but I am afraid that I am too old.",
            "My neighbour has a new dog and it barks all night. What would you do about it?");
    private static final List<String> REMARKS = List.of(
            "Really? Tell me more about it.",
            "I see. And what happened then?",
            "That is funny, the same thing happened to a friend of mine last year.",
            "Why do you think so?",
            "Okay. Let us talk about something else. What is your favourite food?");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final String model;
    private final int turns;
    private final int newTokens;
    private final double pause;

    private LoadTest(URI address, String model, int turns, int newTokens, double pause) {
        this.address = address;
        this.model = model;
        this.turns = turns;
        this.newTokens = newTokens;
        this.pause = pause;
    }

    /**
     * What came of one message.
     *
     * @param firstToken seconds; not a number after an error
     * @param tokens of the reply
     * @param promptTokens of the conversation
     * @param cachedTokens how many of them the server knew
     */
    private record Turn(double firstToken, int tokens, int promptTokens, int cachedTokens) {
        boolean failed() {
            return Double.isNaN(firstToken);
        }
    }

    /** A reply as it was read. */
    private record Heard(String text, Turn turn) {}

    /** Runs the test. */
    public static void main(String... arguments) throws Exception {
        var test = new LoadTest(
                URI.create(arguments[0] + "/chat/completions"),
                arguments[1],
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Double.parseDouble(arguments[5]));
        test.run(Integer.parseInt(arguments[2]));
    }

    private void run(int people) throws Exception {
        List<Turn> all = new ArrayList<>();
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Turn>>> chats = new ArrayList<>();
            for (int person = 0; person < people; person++) {
                int seed = person;
                chats.add(threads.submit(() -> chat(seed)));
            }
            for (Future<List<Turn>> chat : chats) {
                all.addAll(chat.get());
            }
        }
        report(people, all, (System.nanoTime() - begin) / 1e9);
    }

    private List<Turn> chat(int seed) throws InterruptedException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        ArrayNode messages = JSON.createArrayNode();
        List<Turn> results = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            Thread.sleep(Duration.ofNanos((long) (-Math.log(1 - random.nextDouble()) * pause * 1e9)));
            List<String> texts = turn == 0 ? OPENINGS : REMARKS;
            messages.addObject().put("role", "user").put("content", texts.get(random.nextInt(texts.size())));
            Heard heard = say(messages, seed * 1000 + turn);
            results.add(heard.turn());
            messages.addObject().put("role", "assistant").put("content", heard.text());
        }
        return results;
    }

    private Heard say(ArrayNode messages, int seed) throws InterruptedException {
        ObjectNode body = JSON.createObjectNode()
                .put("model", model)
                .put("stream", true)
                .put("max_tokens", newTokens)
                .put("temperature", 0.8)
                .put("seed", seed);
        body.set("messages", messages);
        body.putObject("stream_options").put("include_usage", true);
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        long begin = System.nanoTime();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            return read(response.body(), begin);
        } catch (IOException e) {
            return new Heard("", new Turn(Double.NaN, 0, 0, 0));
        }
    }

    private static Heard read(InputStream events, long begin) {
        var text = new StringBuilder();
        double first = Double.NaN;
        JsonNode usage = JSON.createObjectNode();
        try (var lines = new Scanner(events, StandardCharsets.UTF_8)) {
            while (lines.hasNextLine()) {
                String line = lines.nextLine();
                if (line.startsWith("data: {")) {
                    JsonNode event = JSON.readTree(line.substring("data: ".length()));
                    String part = event.at("/choices/0/delta/content").asString("");
                    if (!part.isEmpty() && Double.isNaN(first)) {
                        first = (System.nanoTime() - begin) / 1e9;
                    }
                    text.append(part);
                    usage = event.has("usage") ? event.get("usage") : usage;
                }
            }
        }
        int tokens = usage.path("completion_tokens").asInt(0);
        boolean complete = tokens > 0;
        double firstToken = complete && Double.isNaN(first) ? (System.nanoTime() - begin) / 1e9 : first;
        return new Heard(
                text.toString(),
                new Turn(
                        complete ? firstToken : Double.NaN,
                        tokens,
                        usage.path("prompt_tokens").asInt(0),
                        usage.at("/prompt_tokens_details/cached_tokens").asInt(0)));
    }

    private static void report(int people, List<Turn> turns, double seconds) {
        List<Double> first = new ArrayList<>(turns.stream()
                .filter(turn -> !turn.failed())
                .map(Turn::firstToken)
                .toList());
        Collections.sort(first);
        int tokens = turns.stream().mapToInt(Turn::tokens).sum();
        int prompt = turns.stream().mapToInt(Turn::promptTokens).sum();
        int cached = turns.stream().mapToInt(Turn::cachedTokens).sum();
        System.out.printf(
                "people %d, turns %d, errors %d, %.1f s%n"
                        + "generated %d tokens, %.1f tokens/s in all%n"
                        + "first token p50 %.0f ms, p95 %.0f ms, p99 %.0f ms%n"
                        + "prompts %d tokens, %.0f %% of them known already%n",
                people,
                turns.size(),
                turns.size() - first.size(),
                seconds,
                tokens,
                tokens / seconds,
                1000 * quantile(first, 0.5),
                1000 * quantile(first, 0.95),
                1000 * quantile(first, 0.99),
                prompt,
                prompt == 0 ? 0 : 100.0 * cached / prompt);
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
    }
}
