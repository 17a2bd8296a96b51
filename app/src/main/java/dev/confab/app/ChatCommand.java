package dev.confab.app;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.ChatbotBuilder;
import dev.confab.dialogue.guard.Guards;
import dev.confab.dialogue.skill.Skills;
import dev.confab.engine.LanguageModel;
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

    @Option(
            names = "--persona",
            paramLabel = "NAME_OR_FILE",
            description = "who the chatbot is: captain, gardener, librarian, robot, or a YAML file of your own"
                    + " (docs/personas.md)")
    @Nullable
    String persona;

    @Mixin
    RankingOptions ranking;

    @Mixin
    MemoryOptions memory;

    @Option(
            names = "--no-guards",
            description = "say whatever the model says, be it empty, a repetition, an echo or a loop; otherwise such"
                    + " replies are made again")
    boolean noGuards;

    @Option(
            names = "--filter",
            paramLabel = "PRESET",
            defaultValue = "safe",
            description = "what is neither answered nor said: safe, kid-safe or none (default: ${DEFAULT-VALUE};"
                    + " docs/filters.md); with none, replies appear while they are made, and only cries for help are"
                    + " answered as ever")
    String filter = "safe";

    @Option(names = "--skills", description = "answer the time, sums and units itself, not by the model")
    boolean skills;

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
        ranking.requireRange();
        if (turns < 1) {
            throw new UsageException("--turns " + turns + ": choose 1 or more");
        }
        try (LanguageModel model = selection.load(surroundings, common);
                LoadedModels rankers = new LoadedModels();
                Chatbot bot = chatbot(model, rankers)) {
            talk(bot);
        }
        return 0;
    }

    private void talk(Chatbot bot) throws IOException {
        if (self) {
            new SelfChat(bot, Optional.ofNullable(otherPersona).map(Personas::named), surroundings.out(), json)
                    .run(opening, turns);
        } else if (!json && isTerminal(SystemStream.Input) && isTerminal(SystemStream.Output)) {
            try (Terminal terminal = TerminalBuilder.terminal()) {
                new TerminalChat(bot, terminal, history()).run(common.quiet ? "" : welcome());
            }
        } else {
            new PipedChat(bot, surroundings, json, common.quiet).run();
        }
    }

    private Chatbot chatbot(LanguageModel model, LoadedModels rankers) {
        ChatbotBuilder builder = Chatbot.builder()
                .model(model)
                .generation(settings.config())
                .memory(memory.memory())
                .candidates(ranking.candidates)
                .ranking(ranking.ranking(selection.options(surroundings, common), rankers))
                .filters(Chatbots.filters(filter))
                .guards(noGuards ? Guards.none() : Guards.defaults());
        if (skills) {
            builder.skills(Skills.offline());
        }
        if (persona != null) {
            builder.persona(Personas.named(persona));
        }
        return Chatbots.build(builder);
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
