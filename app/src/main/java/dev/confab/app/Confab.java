package dev.confab.app;

import dev.confab.server.ChatServer;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program {@code confab}: chooses the command, runs it, and ends with its exit code. */
@Command(
        name = "confab",
        description =
                "Chatbots on the JVM: DialoGPT and its family, in your terminal and your browser. Without a command"
                        + " it serves a chat page, with the small model that is built in.",
        versionProvider = Confab.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Confab implements Callable<Integer> {
    /** What is done without a command. */
    private static final String SERVE = "serve";

    @Spec
    CommandSpec command;

    @Mixin
    CommonOptions common;

    @Option(names = "--version", versionHelp = true, description = "the version")
    boolean version;

    static {
        // No option is a time or a date, and picocli would load what reads each kind of them for every command.
        System.setProperty("picocli.converters.excludes", "java[.]time[.].*");
    }

    private Confab() {}

    /**
     * Runs the command line and ends the process with its exit code: 0, or 1 after a failure, or 2 after a mistake in the
     * arguments.
     *
     * @param arguments the command, its options and its parameters
     */
    public static void main(String... arguments) {
        System.exit(run(Surroundings.ofThisProcess(), arguments));
    }

    /** Runs the command line on other streams than the process's, and returns the exit code. */
    static int run(Surroundings surroundings, String... arguments) {
        List<String> words = List.of(arguments);
        var report = new ErrorReport(surroundings.err(), words.contains("--debug"));
        if (commandOf(words).equals(SERVE)) {
            ChatServer.prepare(); // while this thread reads the options
        }
        try {
            LayeredDefaults defaults = LayeredDefaults.read(words, surroundings.environment());
            CommandLine commandLine = commandLine(words, surroundings, defaults)
                    .setParameterExceptionHandler((error, _) -> report.usage(error, defaults))
                    .setExecutionExceptionHandler((error, _, _) -> report.failure(error));
            defaults.refuseUnknownNames(commandLine);
            return commandLine.execute(arguments);
        } catch (RuntimeException | Error e) {
            return report.failure(e);
        }
    }

    private static CommandLine commandLine(List<String> words, Surroundings surroundings, LayeredDefaults defaults) {
        var commandLine = new CommandLine(new Confab());
        Map<String, Supplier<Object>> commands = commands(surroundings, defaults);
        for (String name : needed(words, commands.keySet(), defaults)) {
            commandLine.addSubcommand(
                    name, Objects.requireNonNull(commands.get(name)).get());
        }
        commandLine
                .setDefaultValueProvider(defaults)
                .setOut(surroundings.out().writer())
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpAutoWidth(surroundings.interactive())
                .setCaseInsensitiveEnumValuesAllowed(true);
        shapeHelp(commandLine);
        return commandLine;
    }

    /** All commands, in the order of the help. */
    private static Map<String, Supplier<Object>> commands(Surroundings surroundings, LayeredDefaults defaults) {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("chat", () -> generating(defaults, settings -> new ChatCommand(surroundings, settings)));
        all.put("generate", () -> generating(defaults, settings -> new GenerateCommand(surroundings, settings)));
        all.put("process", () -> generating(defaults, settings -> new ProcessCommand(surroundings, settings)));
        all.put("evaluate", () -> generating(defaults, settings -> new EvaluateCommand(surroundings, settings)));
        all.put(SERVE, () -> generating(defaults, settings -> new ServeCommand(surroundings, settings)));
        all.put("telegram", () -> generating(defaults, settings -> new TelegramCommand(surroundings, settings)));
        all.put("tokenize", () -> new TokenizeCommand(surroundings));
        all.put("detokenize", () -> new DetokenizeCommand(surroundings));
        all.put("train", () -> new TrainCommand(surroundings));
        all.put("train-tokenizer", () -> new TrainTokenizerCommand(surroundings));
        all.put("model", () -> ModelCommand.with(surroundings));
        all.put("user", () -> UserCommand.with(surroundings));
        all.put("key", () -> KeyCommand.with(surroundings));
        all.put("data", () -> DataCommand.with(surroundings));
        all.put("bench", () -> new BenchCommand(surroundings));
        all.put("divergence", () -> new DivergenceCommand(surroundings));
        all.put("doctor", () -> new DoctorCommand(surroundings));
        all.put("rehearse", () -> new RehearseCommand(surroundings));
        return all;
    }

    /** The one command that is named, as making all of them takes longer than showing a page; all where that is not clear. */
    private static Set<String> needed(List<String> words, Set<String> commands, LayeredDefaults defaults) {
        String first = commandOf(words);
        return commands.contains(first) && !defaults.haveFile() ? Set.of(first) : commands;
    }

    private static String commandOf(List<String> words) {
        return words.isEmpty() ? SERVE : words.getFirst();
    }

    /** Short synopses, and options in the order of the code, the important ones first. */
    private static void shapeHelp(CommandLine commandLine) {
        commandLine.getCommandSpec().usageMessage().abbreviateSynopsis(true).sortOptions(false);
        commandLine.getSubcommands().values().forEach(Confab::shapeHelp);
    }

    /** A command that takes the options of generation too. */
    private static CommandLine generating(LayeredDefaults defaults, Function<GenerationSettings, Object> command) {
        var settings = new GenerationSettings(defaults);
        var commandLine = new CommandLine(command.apply(settings));
        settings.addTo(commandLine.getCommandSpec());
        return commandLine;
    }

    /** Without a command: a page to chat. */
    @Override
    public Integer call() {
        List<String> flags = new ArrayList<>();
        if (common.quiet) {
            flags.add("--quiet");
        }
        if (common.debug) {
            flags.add("--debug");
        }
        CommandLine serve =
                Objects.requireNonNull(command.commandLine().getSubcommands().get(SERVE));
        return serve.execute(flags.toArray(String[]::new));
    }

    /** What {@code --version} says. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version =
                    Objects.requireNonNullElse(Confab.class.getPackage().getImplementationVersion(), "(not packaged)");
            return new String[] {"confab " + version + ", Java " + Runtime.version()};
        }
    }
}
