package dev.confab.app;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.ChatbotBuilder;
import dev.confab.dialogue.filter.FilterPolicy;
import dev.confab.dialogue.filter.WordList;
import dev.confab.dialogue.guard.Guards;
import dev.confab.engine.ModelOptions;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.GenerationConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a chatbot is like, whichever way people talk to it. */
final class ChatbotOptions {
    @Option(
            names = "--persona",
            paramLabel = "NAME_OR_FILE",
            description = "who the chatbot is: captain, gardener, librarian, robot, or a YAML file of your own"
                    + " (docs/personas.md)")
    @Nullable
    String persona;

    @Option(
            names = "--filter",
            paramLabel = "PRESET",
            description = "what is neither answered nor said: safe, kid-safe or none (default: ${DEFAULT-VALUE};"
                    + " docs/filters.md); with none, replies appear while they are made, and only cries for help are"
                    + " answered as ever")
    String filter = "safe";

    @Option(
            names = "--word-list",
            paramLabel = "FILE",
            description = "more words that are neither answered nor said, each on a line (docs/filters.md); repeatable")
    List<Path> wordLists = new ArrayList<>();

    @Mixin
    SkillsOptions skills;

    @Mixin
    MemoryOptions memory;

    @Option(
            names = "--no-guards",
            description = "say whatever the model says, be it empty, a repetition, an echo or a loop; otherwise such"
                    + " replies are made again")
    boolean noGuards;

    @Mixin
    RankingOptions ranking;

    /**
     * A chatbot that is like this, to be closed by the caller.
     *
     * @param how models are loaded
     * @throws UsageException if a value is none that can be
     */
    LoadedChatbot load(GenerationConfig config, ModelSelection selection, ModelOptions how, Surroundings surroundings) {
        return LoadedChatbot.load(builder(config), ranking, skills, selection, how, surroundings);
    }

    /**
     * A chatbot that is like this, but for its model, its skills and what ranks candidates.
     *
     * @throws UsageException if a value is none that can be
     */
    ChatbotBuilder builder(GenerationConfig config) {
        ranking.requireRange();
        ChatbotBuilder builder = Chatbot.builder()
                .generation(config)
                .memory(memory.memory())
                .candidates(ranking.candidates)
                .filters(filters())
                .guards(noGuards ? Guards.none() : Guards.defaults());
        return persona == null ? builder : builder.persona(Personas.named(persona));
    }

    private FilterPolicy filters() {
        FilterPolicy policy = FilterPresets.ofChatbot("--filter", filter);
        for (Path file : wordLists) {
            try {
                policy = policy.withList(WordList.read(file));
            } catch (IOException e) {
                throw new ConfabException("the word list " + file + " cannot be read: " + e, e);
            }
        }
        return policy;
    }
}
