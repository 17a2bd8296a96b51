package dev.confab.app;

import dev.confab.dialogue.ConversationSettings;
import dev.confab.dialogue.ranking.Ensemble;
import dev.confab.dialogue.ranking.HumanFeedback;
import dev.confab.dialogue.ranking.Likelihood;
import dev.confab.dialogue.ranking.MutualInformation;
import dev.confab.dialogue.ranking.Ranker;
import dev.confab.dialogue.ranking.Ranking;
import dev.confab.dialogue.ranking.Relevance;
import dev.confab.dialogue.ranking.Variety;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.ModelOptions;
import dev.confab.engine.SequenceClassifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Among how many replies the best is chosen, and by what. */
final class RankingOptions {
    private static final List<String> FEEDBACK =
            List.of("updown", "depth", "width", "human_vs_rand", "human_vs_machine");
    private static final List<String> NAMES = List.of(
            "likelihood",
            "variety",
            "relevance",
            "mmi",
            "dialogrpt",
            "updown",
            "depth",
            "width",
            "human_vs_rand",
            "human_vs_machine");

    @Option(
            names = "--candidates",
            paramLabel = "N",
            defaultValue = "1",
            description = "make N replies and give the best, 1 to 64 (default: ${DEFAULT-VALUE}); each costs as much as"
                    + " one, but the conversation is read only once")
    int candidates = 1;

    @Option(
            names = "--rank",
            paramLabel = "NAME[:WEIGHT]",
            split = ",",
            description = "what the best is chosen by, with weights (default: likelihood:1,variety:0.5,relevance:0.5)."
                    + " Others: mmi, which needs --ranker-model mmi=MODEL trained with --reverse; dialogrpt, the ensemble"
                    + " of DialogRPT, or its models one by one: updown, depth, width, human_vs_rand, human_vs_machine"
                    + " (1.5 GB each)")
    List<String> rank = new ArrayList<>();

    @Option(
            names = "--ranker-model",
            paramLabel = "NAME=MODEL",
            description = "the model of a ranker, a name on the hub or a folder (default for those of DialogRPT:"
                    + " microsoft/DialogRPT-NAME)")
    Map<String, String> models = new LinkedHashMap<>();

    /**
     * Checks the number of candidates before anything is loaded.
     *
     * @throws UsageException if it is out of range
     */
    void requireRange() {
        if (candidates < 1 || candidates > ConversationSettings.MOST_CANDIDATES) {
            throw new UsageException(
                    "--candidates " + candidates + ": choose 1 to " + ConversationSettings.MOST_CANDIDATES);
        }
    }

    /** The rankers; models that they load are to be closed by the caller. */
    Ranking ranking(ModelOptions options, LoadedModels loaded) {
        if (rank.isEmpty()) {
            return Ranking.defaults();
        }
        List<Ranking.Weighted> rankers = new ArrayList<>();
        for (String entry : rank) {
            int colon = entry.indexOf(':');
            String name = (colon < 0 ? entry : entry.substring(0, colon)).strip();
            double weight = colon < 0 ? 1 : weight(entry, entry.substring(colon + 1));
            rankers.add(new Ranking.Weighted(ranker(name, options, loaded), weight));
        }
        return Ranking.of(rankers);
    }

    private Ranker ranker(String name, ModelOptions options, LoadedModels loaded) {
        return switch (name) {
            case "likelihood" -> new Likelihood();
            case "variety" -> new Variety();
            case "relevance" -> new Relevance();
            case "mmi" -> mutualInformation(options, loaded);
            case "dialogrpt" -> ensemble(options, loaded);
            default -> {
                if (!FEEDBACK.contains(name)) {
                    throw new UsageException(
                            "--rank " + name + ": no such ranker; choose among " + String.join(", ", NAMES));
                }
                yield feedback(name, options, loaded);
            }
        };
    }

    private Ranker mutualInformation(ModelOptions options, LoadedModels loaded) {
        String model = models.get("mmi");
        if (model == null) {
            throw new UsageException("--rank mmi needs a model that was trained backwards; name it with --ranker-model"
                    + " mmi=FOLDER, and make one with confab train --reverse");
        }
        return new MutualInformation(loaded.add(LanguageModel.load(model, options)));
    }

    private Ranker ensemble(ModelOptions options, LoadedModels loaded) {
        return new Ensemble(
                Ranking.of(feedback("human_vs_rand", options, loaded), Ensemble.HUMAN_WEIGHT)
                        .and(feedback("human_vs_machine", options, loaded), Ensemble.HUMAN_WEIGHT),
                Ranking.of(feedback("updown", options, loaded), Ensemble.UPDOWN_WEIGHT)
                        .and(feedback("depth", options, loaded), Ensemble.DEPTH_WEIGHT)
                        .and(feedback("width", options, loaded), Ensemble.WIDTH_WEIGHT));
    }

    private Ranker feedback(String name, ModelOptions options, LoadedModels loaded) {
        String model = models.getOrDefault(name, "microsoft/DialogRPT-" + name.replace('_', '-'));
        return new HumanFeedback(name, loaded.add(SequenceClassifier.load(model, options)));
    }

    private static double weight(String entry, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new UsageException("--rank " + entry + ": '" + text + "' is no weight; write a number");
        }
    }
}
