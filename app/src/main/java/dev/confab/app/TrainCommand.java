package dev.confab.app;

import dev.confab.engine.hub.Hub;
import dev.confab.engine.hub.HubOptions;
import dev.confab.engine.hub.ModelFiles;
import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.Kernels;
import dev.confab.training.Trainer.Outcome;
import dev.confab.training.TrainingRequest;
import dev.confab.training.TrainingRequest.Start;
import dev.confab.training.TrainingRequestBuilder;
import dev.confab.training.TrainingRun;
import dev.confab.training.data.SourceStatistics;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confab train}: a model of one's own, from nothing or from another. */
@Command(
        name = "train",
        description = {
            "Trains a chat model on dialogues: fine-tunes --model, or begins a new one with --tokenizer.",
            "",
            "The output folder gets the model in Hugging Face's form, a log, the loss curve, and the state. Ctrl-C saves"
                    + " the state; the same command with --resume goes on where it stopped.",
            "",
            "Examples:",
            "  confab train --model microsoft/DialoGPT-small --data chats.jsonl --output my-bot",
            "  confab train --tokenizer my-tokenizer --data a.jsonl.gz --data b.jsonl=3 --layers 6 --output new-bot",
            "  confab train --model microsoft/DialoGPT-medium --lora-rank 8 --data chats.jsonl --output my-adapter",
            "  confab train --config recipe.yaml --resume",
            ""
        })
final class TrainCommand implements Callable<Integer> {
    private static final int SECONDS_TO_SAVE = 120;

    private final Surroundings surroundings;

    @Option(
            names = "--model",
            paramLabel = "NAME_OR_FOLDER",
            description = "fine-tune this model: a name on the Hugging Face hub, or a folder")
    @Nullable
    String model;

    @Option(
            names = "--revision",
            paramLabel = "REVISION",
            defaultValue = Hub.DEFAULT_REVISION,
            description = "branch, tag or commit of a model on the hub (default: ${DEFAULT-VALUE})")
    String revision = Hub.DEFAULT_REVISION;

    @Option(names = "--output", paramLabel = "FOLDER", description = "where the model, the log and the state go")
    @Nullable
    Path output;

    @Option(names = "--resume", description = "go on from the state in the output folder, if there is one")
    boolean resume;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads that compute (default: one for each core of the processor)")
    @Nullable
    Integer threads;

    @Option(
            names = "--kernels",
            paramLabel = "SET",
            defaultValue = KernelSets.AUTO,
            description =
                    "auto, vector, scalar or onednn (default: ${DEFAULT-VALUE}, the fastest for training that runs here)")
    String kernels = KernelSets.AUTO;

    @Mixin
    TrainingDataOptions data;

    @Mixin
    TrainingModelOptions sizes;

    @Mixin
    LoraOptions lora;

    @Mixin
    TrainingLoopOptions loop;

    @Mixin
    CommonOptions common;

    TrainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        TrainingRequest request = request();
        var progress = new TrainingProgress(surroundings, common);
        try (var run = TrainingRun.prepare(
                request,
                progress,
                (file, line, fault) -> notice(file + ":" + line + ": skipped, " + fault),
                ProgressBars.of(surroundings, common))) {
            describe(run, request.kernels());
            Outcome outcome = runUntilStopped(run, progress);
            surroundings.out().print(summary(run, outcome));
            return outcome == Outcome.INTERRUPTED ? 1 : 0;
        }
    }

    private TrainingRequest request() {
        if (output == null) {
            throw new UsageException("no output given; say --output FOLDER");
        }
        Start start = start();
        TrainingRequestBuilder request = TrainingRequest.builder(start, output)
                .lora(lora.config(model))
                .data(data.training())
                .validation(data.validation())
                .validationShare(data.validationShare)
                .brokenLines(data.brokenLines())
                .exclude(data.exclude())
                .lossOn(data.lossOn(start.usualLoss()))
                .reverse(data.reverse)
                .batchTokens(loop.batchTokens)
                .dropout(loop.dropout)
                .gradientCheckpointing(loop.gradientCheckpointing)
                .options(loop.options(start.usualRate()))
                .resume(resume)
                .kernels(KernelSets.forTraining(kernels));
        if (sizes.context != null) {
            request.context(sizes.context);
        }
        if (threads != null) {
            request.threads(threads);
        }
        return request.build();
    }

    private Start start() {
        if (model != null && sizes.tokenizer != null) {
            throw new UsageException("--model and --tokenizer exclude each other: the first is fine-tuned with its own"
                    + " tokenizer, the second begins a new model");
        }
        if (model != null) {
            Hub hub = Hub.of(HubOptions.fromEnvironment(surroundings.environment()));
            String located = EmbeddedModel.locate(model, surroundings);
            return new Start.Checkpoint(
                    hub.resolve(located, revision, ModelFiles.MODEL, ProgressBars.of(surroundings, common)));
        }
        if (sizes.tokenizer != null) {
            return sizes.nothing(sizes.tokenizer);
        }
        throw new UsageException(
                "nothing to begin with; say --model NAME_OR_FOLDER to fine-tune one, or --tokenizer FOLDER"
                        + " to begin a new one (confab train-tokenizer makes a tokenizer)");
    }

    /** Trains on this thread; a signal makes the run save its state before the process ends. */
    private static Outcome runUntilStopped(TrainingRun run, TrainingProgress progress) {
        var ended = new CountDownLatch(1);
        var hook = new Thread(() -> {
            run.requestStop();
            try {
                ended.await(SECONDS_TO_SAVE, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try (progress) {
            return run.run();
        } finally {
            ended.countDown();
            removeQuietly(hook);
        }
    }

    private static void removeQuietly(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: it was the hook that stopped the run.
        }
    }

    private void describe(TrainingRun run, Kernels computing) {
        for (SourceStatistics source : run.statistics()) {
            notice(String.format(
                    Locale.ROOT,
                    "%s: %,d dialogues, %,d tokens, seen %s times an epoch%s",
                    source.source().path(),
                    source.dialogues(),
                    source.tokens(),
                    source.source().weights(),
                    leftOut(source)));
        }
        if (!run.isValidated()) {
            notice(
                    "nothing is put aside to measure the model on; give --validation FILE or a larger --validation-share");
        }
        Gpt2Config config = run.config();
        notice(String.format(
                Locale.ROOT,
                "%d layers x %d, %.1f million parameters, %s kernels, %,d steps%s",
                config.layers(),
                config.hiddenSize(),
                config.parameterCount() / 1e6,
                computing.name(),
                run.steps(),
                run.step() == 0 ? "" : ", going on after step " + run.step()));
    }

    private static String leftOut(SourceStatistics source) {
        return (source.brokenLines() == 0 ? "" : ", " + source.brokenLines() + " broken lines skipped")
                + (source.excluded() == 0 ? "" : ", " + source.excluded() + " dialogues excluded");
    }

    private String summary(TrainingRun run, Outcome outcome) {
        String loss = Double.isFinite(run.bestLoss())
                ? String.format(
                        Locale.ROOT,
                        ", validation loss %.4f (perplexity %.2f)",
                        run.bestLoss(),
                        Math.exp(run.bestLoss()))
                : "";
        String how = switch (outcome) {
            case COMPLETED -> "trained";
            case STOPPED_EARLY -> "trained until the validation loss rose";
            case INTERRUPTED -> "interrupted; --resume goes on";
        };
        return String.format(Locale.ROOT, "%s: %s, step %d of %d%s%n", output, how, run.step(), run.steps(), loss);
    }

    private void notice(String message) {
        if (!common.quiet) {
            surroundings.err().println("confab: " + message);
        }
    }
}
