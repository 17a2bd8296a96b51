package dev.confab.app;

import dev.confab.dialogue.Chatbot;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confab chat}: talk to a model in the terminal, or through a pipe. */
@Command(
        name = "chat",
        description =
                "Talk to a model. In a pipe each line is a turn, and only replies are written to standard output.")
final class ChatCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final GenerationSettings settings;

    @Mixin
    ModelSelection selection;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder for the history of what you typed (default: the platform's data folder)")
    @Nullable
    Path data;

    @Option(names = "--json", description = "each reply as a JSON document on a line")
    boolean json;

    @Mixin
    CommonOptions common;

    ChatCommand(Surroundings surroundings, GenerationSettings settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        GenerationConfig config = settings.config();
        try (LanguageModel model = selection.load(surroundings, common);
                Chatbot bot = chatbot(model, config)) {
            if (!json && isTerminal(SystemStream.Input) && isTerminal(SystemStream.Output)) {
                try (Terminal terminal = TerminalBuilder.terminal()) {
                    new TerminalChat(bot, terminal, history()).run(common.quiet ? "" : welcome());
                }
            } else {
                new PipedChat(bot, surroundings, json, common.quiet).run();
            }
        }
        return 0;
    }

    private static Chatbot chatbot(LanguageModel model, GenerationConfig config) {
        try {
            return Chatbot.of(model, config);
        } catch (GenerationException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private boolean isTerminal(SystemStream stream) {
        return Terminals.isTerminal(surroundings, stream);
    }

    private String welcome() {
        return "You are talking to " + selection.name() + ". /help lists what else you can do here; Ctrl-D ends.";
    }

    private Path history() {
        return (data == null ? surroundings.dataFolder() : data).resolve("chat-history");
    }
}
