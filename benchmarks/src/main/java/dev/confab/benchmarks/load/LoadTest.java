package dev.confab.benchmarks.load;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * People who chat with a running server: each opens a conversation, reads what comes, thinks, types and goes on, and begins
 * another when it is over. Prints what they had of it.
 */
@Command(
        name = "LoadTest",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "People who chat with a running server all at once, over OpenAI's protocol.")
public final class LoadTest implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "address of the API (default: ${DEFAULT-VALUE})",
            defaultValue = "http://127.0.0.1:7860/v1")
    URI url = URI.create("http://127.0.0.1:7860/v1");

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "what the server calls its model (default: ${DEFAULT-VALUE})")
    String model = "confab-mini";

    @Option(
            names = "--raw",
            description =
                    "ask /completions with the turns and <|endoftext|> between them, as DialoGPT reads them, instead"
                            + " of /chat/completions; for servers that would put a template of their own around messages")
    boolean raw;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "file whose first line is the API key, where the server needs one")
    @Nullable
    Path keyFile;

    @Option(names = "--people", paramLabel = "N", description = "how many chat at once (default: ${DEFAULT-VALUE})")
    int people = 8;

    @Option(names = "--seconds", paramLabel = "N", description = "how long is measured (default: ${DEFAULT-VALUE})")
    int seconds = 60;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "how long they chat before that; all of them begin within it (default: ${DEFAULT-VALUE})")
    int warmUp = 15;

    @Option(
            names = "--turns",
            paramLabel = "N",
            description = "messages of a person in one conversation at most (default: ${DEFAULT-VALUE})")
    int turns = 8;

    @Option(names = "--new-tokens", paramLabel = "N", description = "of a reply at most (default: ${DEFAULT-VALUE})")
    int newTokens = 40;

    @Option(
            names = "--pace",
            paramLabel = "FACTOR",
            description =
                    "1: people read, think and type as long as people do; 2: half as long; 0: not at all, each asks"
                            + " again at once (default: ${DEFAULT-VALUE})")
    double pace = 1;

    @Option(
            names = "--server-process",
            paramLabel = "PID",
            description = "the server's process on this machine, whose memory is reported (Linux)")
    @Nullable
    Long serverProcess;

    @Option(names = "--seed", paramLabel = "N", description = "another seed, other chats (default: ${DEFAULT-VALUE})")
    long seed = 1;

    @Option(names = "--json", description = "report as one JSON document")
    boolean json;

    private LoadTest() {}

    /** Runs the test and ends the process: with 0, or with 1 if no reply came at all, or with 2 after a wrong argument. */
    public static void main(String... arguments) {
        System.exit(run(new PrintWriter(System.out, true, StandardCharsets.UTF_8), arguments));
    }

    /** Runs the test, and returns the exit code. */
    static int run(PrintWriter out, String... arguments) {
        return new CommandLine(new LoadTest())
                .setOut(out)
                .setExecutionExceptionHandler((error, failed, _) -> {
                    failed.getErr().println("LoadTest: " + error.getMessage());
                    return 1;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() throws Exception {
        String key =
                keyFile == null ? null : Files.readAllLines(keyFile).getFirst().strip();
        var server = new ServerUnderTest(url, model, raw, key, newTokens);
        var habits = new Habits(turns, pace, Duration.ofSeconds(warmUp));
        long begin = System.nanoTime();
        long measured = begin + Duration.ofSeconds(warmUp).toNanos();
        long end = measured + Duration.ofSeconds(seconds).toNanos();
        LoadReport report;
        try (var memory = ServerMemory.watch(serverProcess)) {
            List<Turn> all = chat(server, habits, end);
            report = LoadReport.of(people, all, measured, end, memory.peakBytes());
        }
        command.commandLine().getOut().println(json ? report.json() : report.text());
        return report.replies() == 0 ? 1 : 0;
    }

    private List<Turn> chat(ServerUnderTest server, Habits habits, long end) throws Exception {
        List<List<String>> scripts = ScriptFile.read("held-out.jsonl");
        List<Turn> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Turn>>> chats = new ArrayList<>();
            for (int number = 0; number < people; number++) {
                chats.add(threads.submit(new Person(server, scripts, habits, seed * 1_000_003 + number, end)));
            }
            for (Future<List<Turn>> chat : chats) {
                all.addAll(chat.get());
            }
        }
        return all;
    }
}
