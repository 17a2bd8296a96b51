package dev.confab.app;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.ModelOptions;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.model.Gpt2Loader;
import dev.confab.engine.model.LoadOptions;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code confab bench}: how fast this machine runs a model. */
@Command(
        name = "bench",
        description = {
            "How fast this machine runs a model: tokens of a prompt per second, tokens of a reply per second, and how close"
                    + " that comes to the speed of its memory.",
            "Figures are medians over the repeats. Close other programs first: a busy neighbour halves them.",
            "--kernels vector,onednn measures both in one run."
        })
final class BenchCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    CommonOptions common;

    @Mixin
    ModelSelection selection;

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            description = "random weights in the shape of DialoGPT-small, -medium or -large instead of --model"
                    + " (default without --model: medium)")
    Optional<Shape> shape = Optional.empty();

    @Option(
            names = "--prompt-tokens",
            paramLabel = "N",
            defaultValue = "512",
            description = "length of the prompt (default: ${DEFAULT-VALUE})")
    int promptTokens;

    @Option(
            names = "--new-tokens",
            paramLabel = "N",
            defaultValue = "128",
            description = "tokens generated after it (default: ${DEFAULT-VALUE})")
    int newTokens;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "sequences generated together (default: ${DEFAULT-VALUE})")
    int batch;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "5",
            description = "how often everything is measured (default: ${DEFAULT-VALUE})")
    int repeat;

    @Option(
            names = "--train",
            description = "how fast this machine trains instead: 6 layers x 384, vocabulary 8192, 8 rows of 256 tokens")
    boolean train;

    @Option(names = "--json", description = "the figures as one JSON document")
    boolean json;

    /** The sizes of the published models. */
    enum Shape {
        SMALL(12, 768, 12),
        MEDIUM(24, 1024, 16),
        LARGE(36, 1280, 20);

        private final int layers;
        private final int hidden;
        private final int heads;

        Shape(int layers, int hidden, int heads) {
            this.layers = layers;
            this.hidden = hidden;
            this.heads = heads;
        }

        Gpt2Config config() {
            return Gpt2Config.of(50_257, 1024, hidden, layers, heads);
        }
    }

    BenchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (shape.isPresent() && selection.model != null) {
            throw new UsageException("--shape and --model exclude each other; give one of them");
        }
        requirePositive("--prompt-tokens", promptTokens);
        requirePositive("--new-tokens", newTokens);
        requirePositive("--batch", batch);
        requirePositive("--repeat", repeat);
        List<ObjectNode> documents = new ArrayList<>();
        for (String set : kernelSets()) {
            ModelOptions options = selection.options(surroundings, common, set);
            documents.add(train ? measureTraining(set, options.threads()) : measureModel(options));
        }
        if (json) {
            surroundings.out().printLine(documents.size() == 1 ? documents.getFirst() : Json.array(documents));
        }
        return 0;
    }

    /** One after another, in one run, so that they meet the same machine. */
    private List<String> kernelSets() {
        return List.of((selection.kernels == null ? KernelSets.AUTO : selection.kernels).split(","));
    }

    private ObjectNode measureTraining(String set, int threads) {
        if (shape.isPresent() || selection.model != null || selection.weights != null) {
            throw new UsageException("--train measures one shape in f32; leave out --shape, --model and --weights");
        }
        Kernels kernels = KernelSets.forTraining(set);
        TrainingBenchmark.Figures figures = new TrainingBenchmark(kernels, threads).run(repeat);
        if (!json) {
            Gpt2Config config = TrainingBenchmark.SHAPE;
            surroundings.out().print("""
                    %d layers x %d, %.1f million parameters, f32, %s kernels, %d threads
                    training          %8.1f tokens/s   (%d rows of %d tokens, %.0f GFLOP/s)
                    """.formatted(
                            config.layers(),
                            config.hiddenSize(),
                            config.parameterCount() / 1e6,
                            kernels.name(),
                            threads,
                            figures.tokensPerSecond(),
                            TrainingBenchmark.ROWS,
                            config.positions(),
                            figures.gigaflops()));
        }
        return Json.object()
                .put("kernels", kernels.name())
                .put("training_tokens_per_second", figures.tokensPerSecond())
                .put("gigaflops", figures.gigaflops());
    }

    private ObjectNode measureModel(ModelOptions options) {
        long start = System.nanoTime();
        if (selection.model == null) {
            try (Gpt2 model = random(shape.orElse(Shape.MEDIUM), options)) {
                return measure(model, millisSince(start));
            }
        }
        try (LanguageModel model = selection.load(surroundings, options)) {
            return measure(model.model(), millisSince(start));
        }
    }

    private static Gpt2 random(Shape shape, ModelOptions options) {
        return Gpt2Loader.random(
                shape.config(),
                new LoadOptions(
                        options.weights(),
                        options.threads(),
                        options.kernels(),
                        options.keyValueBytes(),
                        Optional.empty(),
                        bytes -> {}));
    }

    private ObjectNode measure(Gpt2 model, double loadMillis) {
        int positions = model.config().positions();
        if (promptTokens + newTokens > positions) {
            throw new ConfabException("--prompt-tokens " + promptTokens + " and --new-tokens " + newTokens
                    + " are more than the model's " + positions + " positions");
        }
        BenchFigures figures = new Benchmark(model, promptTokens, newTokens, batch).run(repeat);
        if (!json) {
            surroundings.out().print(table(model, figures, loadMillis));
            model.kernels().decisions().forEach(line -> surroundings.out().print("measured: " + line + "\n"));
        }
        return document(model, figures, loadMillis);
    }

    private static ObjectNode document(Gpt2 model, BenchFigures figures, double loadMillis) {
        ObjectNode document = Json.object();
        document.put("kernels", model.kernels().name())
                .put("prefill_tokens_per_second", figures.prefillTokensPerSecond())
                .put("decode_tokens_per_second", figures.decodeTokensPerSecond())
                .put("time_to_first_token_ms", figures.firstTokenMillis())
                .put("load_ms", loadMillis)
                .put("peak_memory_mb", figures.peakMegabytes())
                .put("memory_bandwidth_gbs", figures.bandwidth() / 1e9)
                .put("bandwidth_share", figures.bandwidthShare());
        return document;
    }

    private String table(Gpt2 model, BenchFigures figures, double loadMillis) {
        Gpt2Config config = model.config();
        return """
                %d layers x %d, %.1f million parameters, %s weights, %s kernels, %d threads
                prefill           %8.1f tokens/s   (%d tokens)
                decode            %8.1f tokens/s   (%d tokens each for %d sequence%s)
                first token       %8.0f ms
                load              %8.0f ms
                peak memory       %8d MB
                memory bandwidth  %8.1f GB/s       (decoding uses %.0f %% of it)
                """.formatted(
                        config.layers(),
                        config.hiddenSize(),
                        config.parameterCount() / 1e6,
                        model.format().label(),
                        model.kernels().name(),
                        model.threads(),
                        figures.prefillTokensPerSecond(),
                        promptTokens,
                        figures.decodeTokensPerSecond(),
                        newTokens,
                        batch,
                        batch == 1 ? "" : "s",
                        figures.firstTokenMillis(),
                        loadMillis,
                        figures.peakMegabytes(),
                        figures.bandwidth() / 1e9,
                        100 * figures.bandwidthShare());
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new UsageException(option + ": " + value + "; expected 1 or more");
        }
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
