package dev.confab.app;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.evaluation.DialoguePerplexity;
import dev.confab.evaluation.Perplexity;
import dev.confab.evaluation.ReplyGenerator;
import dev.confab.evaluation.ScoredTurns;
import dev.confab.evaluation.data.DialogueFile;
import dev.confab.evaluation.data.Exchange;
import dev.confab.evaluation.data.ReplyFile;
import dev.confab.evaluation.metric.Bootstrap;
import dev.confab.evaluation.metric.Metric;
import dev.confab.evaluation.metric.ReplyMetrics;
import dev.confab.evaluation.metric.ReplySet;
import dev.confab.evaluation.metric.Score;
import dev.confab.evaluation.report.SystemReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code confab evaluate}: how well models predict dialogues, and how good replies are. */
@Command(
        name = "evaluate",
        description = {
            "Measures models and replies.",
            "With --data: how well each model predicts dialogues. With --references: the replies of each model to the"
                    + " contexts, or those of --hypotheses, against the references. With --hypotheses alone: how varied"
                    + " the replies are.",
            "Replies are decoded greedily if no setting of generation says otherwise."
        })
final class EvaluateCommand implements Callable<Integer> {
    private static final String PERPLEXITY = "perplexity";

    private final Surroundings surroundings;
    private final GenerationSettings settings;

    @Spec
    CommandSpec spec;

    @Mixin
    ModelList models;

    @Mixin
    EvaluationInput input;

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "NAME",
            description = "what to measure: perplexity, nist, bleu, meteor, multi_bleu, coco_bleu, rouge_l, cider,"
                    + " entropy, distinct, average_length, repeated_trigrams, repeated_replies (default: what DialoGPT's"
                    + " evaluation reports, and repetition for replies of models)")
    List<String> metrics = new ArrayList<>();

    @Option(names = "--clean", description = "clean replies and references first, as DialoGPT's evaluation does")
    boolean clean;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "replies that are made together (default: ${DEFAULT-VALUE})")
    int batchSize = 16;

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            description = "draws for the 95 %% confidence intervals, 0 for none (default: ${DEFAULT-VALUE})")
    int resamples = Bootstrap.DEFAULT.resamples();

    @Mixin
    EvaluationOutput output;

    @Mixin
    CommonOptions common;

    EvaluateCommand(Surroundings surroundings, GenerationSettings settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        leaveOutModelsThatAreNotMeant();
        requireSomethingToDo();
        output.check();
        List<Exchange> exchanges = input.exchanges();
        List<Metric> chosen = chosenMetrics(!exchanges.isEmpty());
        List<SystemReport> systems = new ArrayList<>();
        for (Path file : input.hypotheses) {
            systems.add(new SystemReport(
                    file.toString(), Optional.empty(), score(file, ReplyFile.read(file), exchanges, chosen)));
        }
        for (String name : models.models) {
            systems.add(evaluate(name, exchanges, chosen));
        }
        output.print(systems, surroundings.out());
        return 0;
    }

    /** A model of the environment or the file of options is not meant where replies are given. */
    private void leaveOutModelsThatAreNotMeant() {
        if (!input.hypotheses.isEmpty() && !spec.commandLine().getParseResult().hasMatchedOption("--model")) {
            models.models.clear();
        }
    }

    private void requireSomethingToDo() {
        if (input.hypotheses.isEmpty() && models.models.isEmpty()) {
            throw new UsageException("nothing to evaluate; give --model NAME_OR_FOLDER or --hypotheses FILE");
        }
        if (!models.models.isEmpty() && input.data == null && input.references.isEmpty()) {
            throw new UsageException("nothing to evaluate the model on; give --data FILE with dialogues,"
                    + " or --references FILE with contexts and references");
        }
        if (metrics.contains(PERPLEXITY) && (models.models.isEmpty() || input.data == null)) {
            throw new UsageException("perplexity needs a model and dialogues; give --model and --data FILE");
        }
    }

    /** The metrics of replies, of which perplexity is none. */
    private List<Metric> chosenMetrics(boolean references) {
        List<String> names = new ArrayList<>(metrics);
        names.remove(PERPLEXITY);
        if (!metrics.isEmpty()) {
            return names.stream().map(name -> metric(name, references)).toList();
        }
        List<Metric> chosen = new ArrayList<>(Metric.published(references));
        if (!models.models.isEmpty()) {
            chosen.add(Metric.REPEATED_TRIGRAMS);
            chosen.add(Metric.REPEATED_REPLIES);
        }
        return chosen;
    }

    private Metric metric(String name, boolean references) {
        Metric metric;
        try {
            metric = Metric.of(name);
        } catch (ConfabException e) {
            throw new UsageException("--metrics: " + e.getMessage() + ", " + PERPLEXITY);
        }
        if (!references && (metric.needsReferences() || input.hypotheses.isEmpty())) {
            throw new UsageException("--metrics: " + name + " needs references; give --references FILE");
        }
        return metric;
    }

    private SystemReport evaluate(String name, List<Exchange> exchanges, List<Metric> chosen) throws IOException {
        GenerationConfig config = settings.config();
        try (LanguageModel model =
                LanguageModel.load(EmbeddedModel.locate(name, surroundings), models.options(surroundings, common))) {
            boolean wanted = metrics.isEmpty() || metrics.contains(PERPLEXITY);
            Optional<Perplexity> perplexity =
                    input.data != null && wanted ? Optional.of(perplexity(name, model, input.data)) : Optional.empty();
            if (exchanges.isEmpty() || chosen.isEmpty()) {
                return new SystemReport(name, perplexity, List.of());
            }
            List<String> replies;
            try (var bar = CountingBar.of(surroundings, common, name, "replies", exchanges.size())) {
                replies = new ReplyGenerator(model, config, batchSize)
                        .replies(exchanges.stream().map(Exchange::context).toList(), bar::advance);
            }
            return new SystemReport(name, perplexity, score(Path.of(name), replies, exchanges, chosen));
        }
    }

    private Perplexity perplexity(String name, LanguageModel model, Path file) throws IOException {
        try (var bar = CountingBar.of(surroundings, common, name, "dialogues", CountingBar.UNKNOWN);
                var measured = new DialoguePerplexity(model, ScoredTurns.of(input.scoredTurns))) {
            DialogueFile.forEach(file, turns -> {
                measured.add(turns);
                bar.advance(1);
            });
            Perplexity perplexity = measured.result();
            if (measured.shortenedTurns() > 0 && !common.quiet) {
                surroundings
                        .err()
                        .println("confab: " + measured.shortenedTurns() + " turns are longer than the model's "
                                + model.config().positions() + " positions; their ends are left out");
            }
            return perplexity;
        }
    }

    private List<Score> score(Path source, List<String> replies, List<Exchange> exchanges, List<Metric> chosen) {
        if (!exchanges.isEmpty() && exchanges.size() != replies.size()) {
            throw new ConfabException(source + " has " + replies.size() + " replies, but there are references for "
                    + exchanges.size() + "; every reply needs a line of references, and every line a reply");
        }
        var set = new ReplySet(
                replies, exchanges.stream().map(Exchange::references).toList());
        ReplyMetrics measures = ReplyMetrics.of(clean ? set.cleaned() : set);
        Long seed = settings.config().seed();
        var bootstrap = new Bootstrap(resamples, Bootstrap.DEFAULT.confidence(), seed == null ? 0 : seed);
        return chosen.stream().map(metric -> measures.score(metric, bootstrap)).toList();
    }
}
