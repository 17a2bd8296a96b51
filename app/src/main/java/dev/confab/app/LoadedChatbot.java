package dev.confab.app;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.ChatbotBuilder;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.ModelOptions;
import dev.confab.engine.generation.GenerationException;

/** A chatbot with the models that it needs, which are closed with it. */
final class LoadedChatbot implements AutoCloseable {
    private final LoadedModels models;
    private final Chatbot bot;

    private LoadedChatbot(LoadedModels models, Chatbot bot) {
        this.models = models;
        this.bot = bot;
    }

    /**
     * Loads the models.
     *
     * @param builder has all of the chatbot that is neither model nor skill
     * @param how models are loaded
     * @throws UsageException if settings contradict each other
     */
    static LoadedChatbot load(
            ChatbotBuilder builder,
            RankingOptions ranking,
            SkillsOptions skills,
            ModelSelection selection,
            ModelOptions how,
            Surroundings surroundings) {
        var models = new LoadedModels();
        boolean complete = false;
        try {
            builder.skills(skills.open(models)); // first, as mistakes in a file are told before a model is loaded
            LanguageModel model = models.add(selection.load(surroundings, how));
            builder.model(model).ranking(ranking.ranking(how, models));
            var loaded = new LoadedChatbot(models, builder.build());
            complete = true;
            return loaded;
        } catch (GenerationException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } finally {
            if (!complete) {
                models.close();
            }
        }
    }

    /** The chatbot. */
    Chatbot bot() {
        return bot;
    }

    @Override
    public void close() {
        bot.close();
        models.close();
    }
}
