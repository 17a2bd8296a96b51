package dev.confab.server;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.ChatbotBuilder;
import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.server.access.InputLimits;
import dev.confab.server.access.TrafficLimits;
import dev.confab.server.store.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with a tiny model on a free port, and a client for it. */
final class TestServer implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final LanguageModel model =
            LanguageModel.fromPretrained(Fixtures.model("tiny-a/st-f32").toString());
    final Chatbot bot;
    final ChatServer server;

    private TestServer(ServerOptions options, @Nullable Database database, Consumer<ChatbotBuilder> change) {
        ChatbotBuilder builder = Chatbot.builder()
                .model(model)
                .generation(GenerationConfig.builder().maxNewTokens(12).build());
        change.accept(builder);
        bot = builder.build();
        server = database == null ? ChatServer.start(bot, options) : ChatServer.start(bot, options, database);
    }

    static TestServer start() {
        return start(UnaryOperator.identity());
    }

    /** With other options than a free port, the name tiny, and no limits that a test would run into. */
    static TestServer start(UnaryOperator<ServerOptions> change) {
        return start(change, _ -> {});
    }

    /** One that keeps everything in a database. */
    static TestServer start(Database database) {
        return start(UnaryOperator.identity(), database, _ -> {});
    }

    /** One with other options, and another chatbot than one that says up to twelve tokens. */
    static TestServer start(UnaryOperator<ServerOptions> change, Consumer<ChatbotBuilder> chatbot) {
        return start(change, null, chatbot);
    }

    private static TestServer start(
            UnaryOperator<ServerOptions> change, @Nullable Database database, Consumer<ChatbotBuilder> chatbot) {
        var generous = TrafficLimits.defaults().withRequestsPerMinute(100_000).withRequestsAtOnce(1000);
        return new TestServer(
                change.apply(ServerOptions.defaults()
                        .withAddress("127.0.0.1", OptionalInt.of(0))
                        .withNames("tiny", "Tiny")
                        .withLimits(InputLimits.defaults(), generous)),
                database,
                chatbot);
    }

    String api() {
        return server.url() + "/v1";
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path)).header("Content-Type", "application/json");
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(to(path));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(to(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The JSON that comes back. */
    JsonNode ask(String path, String body) throws IOException, InterruptedException {
        return JSON.readTree(post(path, body).body());
    }

    @Override
    public void close() {
        server.close();
        bot.close();
        model.close();
    }
}
