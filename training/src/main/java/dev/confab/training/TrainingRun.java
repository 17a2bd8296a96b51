package dev.confab.training;

import dev.confab.engine.hub.Progress;
import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.model.Gpt2ConfigFile;
import dev.confab.engine.tokenizer.Tokenizer;
import dev.confab.training.TrainingRequest.Start;
import dev.confab.training.data.Batches;
import dev.confab.training.data.DataListener;
import dev.confab.training.data.DatasetOptions;
import dev.confab.training.data.DatasetSplit;
import dev.confab.training.data.SourceStatistics;
import dev.confab.training.data.TokenizedDataset;
import dev.confab.training.gradient.Gpt2Gradients;
import dev.confab.training.gradient.Initialisation;
import dev.confab.training.gradient.ParameterLayout;
import dev.confab.training.gradient.ParameterReader;
import dev.confab.training.gradient.Workers;
import dev.confab.training.tuning.AdapterFolder;
import dev.confab.training.tuning.FullTuning;
import dev.confab.training.tuning.LoraTuning;
import dev.confab.training.tuning.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run from data and a start to a folder with a trained model in Hugging Face's form, with log, loss curve, model card,
 * and the state that it can be continued from.
 *
 * <p>For one thread, except for {@link #requestStop}. Closing it ends its threads and deletes the tokenized data.
 */
public final class TrainingRun implements AutoCloseable {
    private static final String STATE = "training-state.safetensors";
    private static final String LOG = "training-log.jsonl";
    private static final String PLOT = "training-loss.png";

    private final TrainingRequest request;
    private final TrainingListener listener;
    private final ModelFolder folder;
    private final Tokenizer tokenizer;
    private final Gpt2Config config;
    private final TokenizedDataset training;
    private final @Nullable TokenizedDataset validation;
    private final Workers workers;
    private final Trainer trainer;
    /** Open while the run goes on. */
    private @Nullable TrainingLog log;

    private TrainingRun(
            TrainingRequest request,
            TrainingListener listener,
            Tokenizer tokenizer,
            Gpt2Config config,
            TokenizedDataset training,
            @Nullable TokenizedDataset validation) {
        this.request = request;
        this.listener = listener;
        this.tokenizer = tokenizer;
        this.config = config;
        this.training = training;
        this.validation = validation;
        folder = new ModelFolder(request.output());
        workers = new Workers(request.kernels(), request.threads());
        try {
            trainer = trainer();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Reads the data and plans the memory.
     *
     * @param broken hears of lines that are left out
     * @param progress hears how the reading of the data gets on
     * @throws dev.confab.engine.error.ConfabException if something is missing, broken or contradictory
     */
    public static TrainingRun prepare(
            TrainingRequest request, TrainingListener listener, DataListener broken, Progress progress) {
        Tokenizer tokenizer;
        Gpt2Config config;
        switch (request.start()) {
            case Start.Nothing nothing -> {
                tokenizer = Tokenizer.load(nothing.tokenizer());
                config = nothing.config(tokenizer.vocabularySize(), tokenizer.eosTokenId());
            }
            case Start.Checkpoint checkpoint -> {
                tokenizer = Tokenizer.load(checkpoint.folder());
                config = Gpt2ConfigFile.read(checkpoint.folder());
            }
        }
        requireContext(request, config);
        requireMemory(request, config);
        createOutput(request.output());
        DatasetOptions options = DatasetOptions.DEFAULT
                .withFolder(request.output())
                .withBrokenLines(request.brokenLines(), broken)
                .withProgress(progress)
                .withThreads(request.threads())
                .withExclude(request.exclude());
        if (request.validation().isEmpty() && request.validationShare() > 0) {
            DatasetSplit split = TokenizedDataset.split(
                    request.training(), request.validationShare(), tokenizer, request.encoding(), options);
            return new TrainingRun(
                    request,
                    listener,
                    tokenizer,
                    config,
                    split.training(),
                    split.validation().orElse(null));
        }
        TokenizedDataset training = TokenizedDataset.create(request.training(), tokenizer, request.encoding(), options);
        TokenizedDataset validation = null;
        if (!request.validation().isEmpty()) {
            try {
                validation = TokenizedDataset.create(request.validation(), tokenizer, request.encoding(), options);
            } catch (RuntimeException e) {
                training.close();
                throw e;
            }
        }
        return new TrainingRun(request, listener, tokenizer, config, training, validation);
    }

    /**
     * The same, with nobody who hears of the data.
     *
     * @throws dev.confab.engine.error.ConfabException if something is missing, broken or contradictory
     */
    public static TrainingRun prepare(TrainingRequest request, TrainingListener listener) {
        return prepare(request, listener, DataListener.NONE, Progress.NONE);
    }

    private static void requireContext(TrainingRequest request, Gpt2Config config) {
        if (request.encoding().context() > config.positions()) {
            throw new TrainingException("a context of " + request.encoding().context()
                    + " tokens is more than the model's " + config.positions() + " positions");
        }
    }

    private static void createOutput(Path output) {
        try {
            Files.createDirectories(output);
        } catch (IOException e) {
            throw new TrainingException(output + ": cannot be made: " + e, e);
        }
    }

    private Trainer trainer() {
        var model = new Gpt2Gradients(config, workers, passOptions(request));
        switch (request.start()) {
            case Start.Nothing _ ->
                Initialisation.draw(
                        model.layout(),
                        model.parameters(),
                        config.layers(),
                        request.options().seed());
            case Start.Checkpoint checkpoint ->
                ParameterReader.read(checkpoint.folder(), model.layout(), model.parameters());
        }
        Tuning tuning = request.lora()
                .<Tuning>map(lora ->
                        new LoraTuning(model, workers, lora, request.options().seed()))
                .orElseGet(() -> new FullTuning(model));
        return new Trainer(
                tuning,
                workers,
                Batches.shuffled(
                        training, request.tokensPerBatch(), request.options().seed()),
                Optional.ofNullable(validation).map(data -> Batches.sequential(data, request.tokensPerBatch())),
                request.options(),
                request.output().resolve(STATE),
                request.describe(),
                request.resume(),
                new Recorder());
    }

    private static Gpt2Gradients.Options passOptions(TrainingRequest request) {
        return new Gpt2Gradients.Options(
                request.tokensPerBatch(),
                request.encoding().context(),
                request.dropout(),
                request.gradientCheckpointing());
    }

    /** Says what to do before memory runs out, rather than after an hour's reading of data. */
    private static void requireMemory(TrainingRequest request, Gpt2Config config) {
        long optimizer = 2L * Float.BYTES * config.parameterCount();
        long needed = Gpt2Gradients.bytes(config, passOptions(request)) + optimizer;
        long available = Runtime.getRuntime().maxMemory();
        if (needed > available) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "training needs about %.1f GB of memory, and Java may take %.1f: allow more (java -Xmx%dg, with"
                            + " ./confab CONFAB_JAVA_OPTIONS=-Xmx%dg), or need less by smaller batches or gradient"
                            + " checkpointing",
                    needed / 1e9,
                    available / 1e9,
                    needed / 1_000_000_000 + 2,
                    needed / 1_000_000_000 + 2));
        }
    }

    /** The model's sizes. */
    public Gpt2Config config() {
        return config;
    }

    /** What each source of the training data gave. */
    public List<SourceStatistics> statistics() {
        return training.statistics();
    }

    /** Whether there is data to measure the model on. */
    public boolean isValidated() {
        return validation != null;
    }

    /** How many steps the run has in all. */
    public long steps() {
        return trainer.steps();
    }

    /** How many of them are made already. */
    public long step() {
        return trainer.step();
    }

    /** The best validation loss so far; infinity before the first. */
    public double bestLoss() {
        return trainer.bestLoss();
    }

    /** Asks the run to save its state and to end soon. May be called by any thread. */
    public void requestStop() {
        trainer.requestStop();
    }

    /**
     * Trains.
     *
     * @return how it ended
     * @throws TrainingException if the loss is no longer a number, or the disk is full
     */
    public Trainer.Outcome run() {
        if (request.lora().isEmpty()) {
            folder.writeSettings(config, request.dropout(), tokenizer);
        }
        Path log = request.output().resolve(LOG);
        Trainer.Outcome outcome;
        try (TrainingLog opened = TrainingLog.open(log, trainer.step())) {
            this.log = opened;
            outcome = trainer.run();
        } finally {
            this.log = null;
        }
        folder.writeCard(new ModelCard(request, config, statistics(), trainer).text());
        LossPlot.draw(log, request.output().resolve(PLOT));
        return outcome;
    }

    /** Writes down what the trainer tells, and passes it on. */
    private final class Recorder implements TrainingListener {
        @Override
        public void started(long step, long steps) {
            listener.started(step, steps);
        }

        @Override
        public void stepped(Step step) {
            if (log != null) {
                log.write(step);
            }
            listener.stepped(step);
        }

        @Override
        public void validated(Validation measured) {
            if (log != null) {
                log.write(measured);
            }
            listener.validated(measured);
        }

        @Override
        public void saved(long step) {
            listener.saved(step);
        }

        @Override
        public void improved(ParameterLayout layout, float[] parameters) {
            request.lora()
                    .ifPresentOrElse(
                            lora -> AdapterFolder.write(request.output(), lora, layout, parameters),
                            () -> folder.writeWeights(layout, parameters));
            listener.improved(layout, parameters);
        }
    }

    @Override
    public void close() {
        try (training;
                validation) {
            workers.close();
        }
    }
}
