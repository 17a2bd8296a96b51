package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command that goes on until it is stopped, at work in a thread of its own; and a client for what it serves. */
final class RunningCommand implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final FutureTask<Integer> command;
    private final Thread thread;
    private final String address;

    private RunningCommand(Path folder, Map<String, String> environment, Pattern address, String... arguments) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("HF_HOME", folder.toString());
        variables.put("XDG_DATA_HOME", folder.resolve("data").toString());
        var surroundings = new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                new StandardOutput(out),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                variables,
                false);
        command = new FutureTask<>(() -> Confab.run(surroundings, arguments));
        thread = Thread.ofPlatform().start(command);
        await().atMost(PATIENCE)
                .until(() -> command.isDone() || address.matcher(out() + err()).find());
        Matcher matcher = address.matcher(out() + err());
        assertThat(matcher.find()).as(out() + err()).isTrue();
        this.address = matcher.group(1);
    }

    /**
     * Starts a command and waits until it says where it serves.
     *
     * @param folder for models and data
     * @param address how it says that, with a group for the address itself
     */
    static RunningCommand start(Path folder, Map<String, String> environment, Pattern address, String... arguments) {
        return new RunningCommand(folder, environment, address, arguments);
    }

    /** Starts a server. */
    static RunningCommand serve(Path folder, Map<String, String> environment, String... arguments) {
        return start(folder, environment, Pattern.compile("The API is at (\\S+)/v1;"), arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    String get(String path) {
        return send(HttpRequest.newBuilder(URI.create(address + path)));
    }

    String post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(address + path)).POST(BodyPublishers.ofString(body)));
    }

    /** Says something on the page, by Gradio's protocol, and returns the events that come back. */
    String askThePage(String message) {
        String event = post("/gradio_api/call/chat", "{\"data\":[\"" + message + "\"]}")
                .replaceAll(".*\"event_id\":\"|\".*", "");
        return get("/gradio_api/call/chat/" + event);
    }

    private static String send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The exit code of a command that ends by itself. */
    int result() {
        await().atMost(PATIENCE).until(command::isDone);
        return command.resultNow();
    }

    int stop() {
        thread.interrupt();
        await().atMost(PATIENCE).until(command::isDone);
        return command.resultNow();
    }

    @Override
    public void close() {
        stop();
    }
}
