package dev.confab.app;

import dev.confab.dialogue.Chatbot;
import dev.confab.engine.ModelOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confab chat}: talk to a model in the terminal, or through a pipe, or let it talk to itself. */
@Command(
        name = "chat",
        description = {
            "Talk to a model. In a pipe each line is a turn, and only replies are written to standard output.",
            "",
            "Examples:",
            "  confab chat --persona captain",
            "  confab chat --model microsoft/DialoGPT-medium --candidates 8",
            "  confab chat --self --turns 10 --persona captain --other-persona robot"
        })
final class ChatCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final GenerationSettings settings;

    @Mixin
    ModelSelection selection;

    @Mixin
    ChatbotOptions chatbot;

    @Option(names = "--self", description = "let the chatbot talk to itself")
    boolean self;

    @Option(
            names = "--turns",
            paramLabel = "N",
            defaultValue = "10",
            description = "how many turns there are with --self (default: ${DEFAULT-VALUE})")
    int turns;

    @Option(
            names = "--opening",
            paramLabel = "TEXT",
            defaultValue = "Hello! How are you?",
            description = "what is said" + " first with --self (default: ${DEFAULT-VALUE})")
    String opening = "";

    @Option(names = "--other-persona", paramLabel = "NAME_OR_FILE", description = "who the other one is with --self")
    @Nullable
    String otherPersona;

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
        if (turns < 1) {
            throw new UsageException("--turns " + turns + ": choose 1 or more");
        }
        ModelOptions how = selection.options(surroundings, common);
        try (LoadedChatbot loaded = chatbot.load(settings.config(), selection, how, surroundings)) {
            talk(loaded.bot(), how);
        }
        return 0;
    }

    private void talk(Chatbot bot, ModelOptions how) throws IOException {
        if (self) {
            new SelfChat(bot, Optional.ofNullable(otherPersona).map(Personas::named), surroundings.out(), json)
                    .run(opening, turns);
        } else if (!json && isTerminal(SystemStream.Input) && isTerminal(SystemStream.Output)) {
            try (Terminal terminal = TerminalBuilder.terminal()) {
                new TerminalChat(bot, terminal, history())
                        .run(common.quiet ? "" : ChatNotices.welcome(selection.name(), how));
            }
        } else {
            new PipedChat(bot, surroundings, json, common.quiet).run();
        }
    }

    private boolean isTerminal(SystemStream stream) {
        return Terminals.isTerminal(surroundings, stream);
    }

    private Path history() {
        return (data == null ? surroundings.dataFolder() : data).resolve("chat-history");
    }
}
