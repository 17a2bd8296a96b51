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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * People who chat with a server: each opens a conversation, reads what comes, thinks, types and goes on, and begins another
 * when it is over. Prints what they had of it; with several kernel sets, what they had of a server with each.
 */
@Command(
        name = "LoadTest",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "People who chat with a running server all at once, over OpenAI's protocol; or, with --kernels, with a Confab"
                    + " for each of several kernel sets, one after the other.",
            "",
            "Example: LoadTest --kernels vector,onednn --people 20 -- --model microsoft/DialoGPT-medium"
        })
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
            names = "--kernels",
            paramLabel = "SET",
            split = ",",
            description =
                    "start a server with each of these kernel sets in turn, such as vector,onednn, instead of asking one"
                            + " that runs; close other programs first")
    List<String> kernels = List.of();

    @Option(
            names = "--launcher",
            paramLabel = "FILE",
            description = "what starts those servers (default: ${DEFAULT-VALUE})")
    Path launcher = Path.of("./confab");

    @Parameters(
            paramLabel = "OPTION",
            description = "after --: options of confab serve for those servers, such as --model NAME or --weights q8")
    List<String> serverOptions = List.of();

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

    /**
     * Runs the test and ends the process: with 0, or with 1 if no reply came at all or a server did not start, or with 2
     * after a wrong argument.
     */
    public static void main(String... arguments) {
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments));
    }

    /** Runs the test, and returns the exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new LoadTest())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((error, failed, _) -> {
                    failed.getErr().println("LoadTest: " + error.getMessage());
                    return 1;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() throws Exception {
        var crowd = new Crowd(
                people,
                new Habits(turns, pace, Duration.ofSeconds(warmUp)),
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(seconds),
                seed);
        return kernels.isEmpty() ? meetOneThatRuns(crowd) : meetOneOfEach(crowd);
    }

    private int meetOneThatRuns(Crowd crowd) throws Exception {
        if (!serverOptions.isEmpty()) {
            throw mistake(serverOptions.getFirst() + ": a server that runs takes no options; --kernels starts others");
        }
        String key =
                keyFile == null ? null : Files.readAllLines(keyFile).getFirst().strip();
        LoadReport report = crowd.meet(new ServerUnderTest(url, model, raw, key, newTokens), serverProcess);
        out().println(json ? report.json() : report.text());
        return report.replies() == 0 ? 1 : 0;
    }

    /** One after the other; should one fail to start, what came of those before it is printed all the same. */
    private int meetOneOfEach(Crowd crowd) throws Exception {
        for (String option : List.of("--url", "--key-file", "--server-process")) {
            if (command.commandLine().getParseResult().hasMatchedOption(option)) {
                throw mistake(
                        option + " is for a server that runs, and --kernels starts others; leave one of them out");
            }
        }
        var table = new LoadTable();
        boolean answered = true;
        try {
            for (String set : kernels) {
                answered &= meetOneWith(set, crowd, table);
            }
        } finally {
            if (!table.isEmpty()) {
                out().print(json ? table.json() + "\n" : table.text());
                out().flush();
            }
        }
        return answered ? 0 : 1;
    }

    private boolean meetOneWith(String set, Crowd crowd, LoadTable table) throws Exception {
        List<String> options = new ArrayList<>(List.of("--kernels", set, "--served-name", model));
        options.addAll(serverOptions);
        PrintWriter log = command.commandLine().getErr();
        try (ServerProcess server = ServerProcess.start(launcher, options, log::println)) {
            var tested = new ServerUnderTest(server.url(), model, raw, null, newTokens);
            Long process = ServerMemory.isKnown(server.pid()) ? server.pid() : null;
            LoadReport report = crowd.meet(tested, process);
            table.add(server.kernels().startsWith(set) ? server.kernels() : set + ": " + server.kernels(), report);
            return report.replies() > 0;
        }
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }

    private ParameterException mistake(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
