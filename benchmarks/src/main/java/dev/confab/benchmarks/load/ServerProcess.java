package dev.confab.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server of our own, {@code confab serve}, which is ready to answer and has a database that begins empty. Ends with this
 * process at the latest.
 */
final class ServerProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("The API is at (\\S+)/v1;");
    private static final Pattern KERNELS = Pattern.compile("Computing with (\\S+) kernels");
    private static final String JAVA_OPTIONS = "CONFAB_JAVA_OPTIONS";
    private static final String MANY = "1000000";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final long SECONDS_TO_END = 60;

    private final Process process;
    private final Path data;
    private String address = "";
    private String kernels = "";

    private ServerProcess(Process process, Path data) {
        this.process = process;
        this.data = data;
    }

    /**
     * Starts one, and waits until its model is loaded.
     *
     * @param launcher Confab's
     * @param options for {@code confab serve}: which model, and how it is loaded
     * @param log hears each line that it prints, now and later, without a line for each request
     * @throws IOException if it cannot be started, or ends before it is ready
     */
    static ServerProcess start(Path launcher, List<String> options, Consumer<String> log)
            throws IOException, InterruptedException {
        if (!Files.isExecutable(launcher)) {
            throw new IOException(
                    launcher + " is no program that can be started; begin in Confab's folder, or say where"
                            + " its launcher is with --launcher");
        }
        Path data = Files.createTempDirectory("confab-load-test");
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "serve"));
        command.addAll(options);
        String described = String.join(" ", command);
        command.addAll(List.of("--port", "0", "--no-browser", "--database", "sqlite:" + data.resolve("confab.db")));
        command.addAll(List.of("--requests-per-minute", MANY, "--requests-at-once", MANY, "--requests-in-all", MANY));
        var server = new ServerProcess(launch(command), data);
        boolean ready = false;
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            log.accept("starting " + described);
            ready = server.awaitAnnouncement(log) && server.awaitModel();
        } finally {
            if (!ready) {
                server.close();
            }
        }
        if (!ready) {
            throw new IOException(described + " ended before it was ready; what it said is above");
        }
        return server;
    }

    private static Process launch(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge(JAVA_OPTIONS, "-Dconfab.log.level=WARN", (own, quiet) -> own + " " + quiet);
        return builder.start();
    }

    /** Reads what it says until that is where it is and what computes; false if it ends before. */
    private boolean awaitAnnouncement(Consumer<String> log) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            log.accept(line);
            address = found(ADDRESS, line, address);
            kernels = found(KERNELS, line, kernels);
            if (!address.isEmpty() && !kernels.isEmpty()) {
                Thread.ofPlatform().daemon().start(() -> pass(lines, log));
                return true;
            }
        }
        return false;
    }

    private static String found(Pattern pattern, String line, String otherwise) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    private static void pass(BufferedReader lines, Consumer<String> log) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.accept(line);
            }
        } catch (IOException _) {
            // The process was ended.
        }
    }

    /** Waits until it can answer; false if it ends before. */
    private boolean awaitModel() throws InterruptedException {
        HttpRequest readiness =
                HttpRequest.newBuilder(URI.create(address + "/health/ready")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (process.isAlive()) {
                if (isReady(client, readiness)) {
                    return true;
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
        return false;
    }

    private static boolean isReady(HttpClient client, HttpRequest readiness) throws InterruptedException {
        try {
            return client.send(readiness, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false; // it is going down, as its process will tell
        }
    }

    /** Where its API is. */
    URI url() {
        return URI.create(address + "/v1");
    }

    /** What it says that it computes with. */
    String kernels() {
        return kernels;
    }

    /** The number of its process. */
    long pid() {
        return process.pid();
    }

    /** Ends it, and deletes its database. Closing twice is harmless. */
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, SECONDS_TO_END, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly().onExit().join();
        if (!Files.exists(data)) {
            return;
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the server's database cannot be deleted", e);
        }
    }
}
