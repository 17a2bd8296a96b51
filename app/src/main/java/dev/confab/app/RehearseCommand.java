package dev.confab.app;

import dev.confab.server.store.SqliteLibrary;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code confab rehearse}: does once what people start Confab for, so that Java can note which classes that takes, and what
 * would be the same at each start. {@code ./confab} runs it after a build; it leaves nothing else behind.
 */
@Command(name = "rehearse", hidden = true, description = "What ./confab runs after a build, for quicker starts.")
final class RehearseCommand implements Callable<Integer> {
    private static final Pattern ADDRESS = Pattern.compile("Chat with \\S+ at (\\S+)");
    private static final List<String> FILES =
            List.of("/", "/config", "/locale.json", "/theme.css", "/page/page.js", "/health/ready", "/metrics");
    private static final String MESSAGE = "Hello!";

    private final Surroundings surroundings;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "where SQLite's library is unpacked to")
    @Nullable
    Path libraries;

    RehearseCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("confab-rehearsal");
        try {
            Confab.run(onStage(folder, OutputStream.nullOutputStream()), "chat");
            serve(folder);
        } finally {
            delete(folder);
        }
        if (libraries != null) {
            SqliteLibrary.unpack(libraries);
        }
        return 0;
    }

    /** A page of its own, which somebody opens and writes to. */
    private void serve(Path folder) throws IOException, InterruptedException {
        var lines = new PipedInputStream();
        try (var out = new PipedOutputStream(lines);
                var reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
            Surroundings stage = onStage(folder, out);
            Thread server = Thread.ofPlatform()
                    .start(() -> Confab.run(stage, "serve", "--host", "127.0.0.1", "--port", "0", "--no-browser"));
            Matcher address = ADDRESS.matcher(String.valueOf(reader.readLine()));
            if (address.find()) {
                visit(address.group(1));
            }
            server.interrupt();
            server.join();
        }
    }

    private static void visit(String page) throws IOException {
        for (String file : FILES) {
            read(page + file, null);
        }
        String call = page + "/gradio_api/call/chat";
        String event = read(call, "{\"data\":[\"" + MESSAGE + "\"]}");
        read(call + "/" + event.replaceAll(".*\"event_id\" *: *\"([^\"]+)\".*", "$1"), null);
    }

    private static String read(String address, @Nullable String body) throws IOException {
        var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        try (InputStream answer = connection.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Somewhere to act without the user's files and the network. */
    private Surroundings onStage(Path folder, OutputStream out) {
        return new Surroundings(
                new ByteArrayInputStream((MESSAGE + "\n").getBytes(StandardCharsets.UTF_8)),
                new StandardOutput(out),
                new PrintStream(OutputStream.nullOutputStream()),
                Map.of("HF_HOME", folder.toString(), "XDG_DATA_HOME", folder.toString(), "HF_HUB_OFFLINE", "1"),
                surroundings.interactive());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
