package dev.confab.app;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.ModelOptions;
import dev.confab.engine.tensor.WeightFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code confab divergence}: what smaller weights cost in accuracy. */
@Command(
        name = "divergence",
        description = {
            "How far a model with bf16, q8 and q4 weights strays from the same model with f32 weights, on some small talk.",
            "KL is the Kullback-Leibler divergence of the next token's distribution from that of f32, in nats; agreement is"
                    + " the share of positions where both find the same token the likeliest."
        })
final class DivergenceCommand implements Callable<Integer> {
    private static final String SMALL_TALK = "small-talk.tsv";

    private final Surroundings surroundings;

    @Mixin
    CommonOptions common;

    @Mixin
    ModelSelection selection;

    @Option(names = "--json", description = "one JSON document")
    boolean json;

    DivergenceCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<WeightFormat> formats = selection.weights == null
                ? List.of(WeightFormat.BF16, WeightFormat.Q8, WeightFormat.Q4)
                : List.of(WeightFormat.of(selection.weights));
        ModelOptions options = selection.options(surroundings, common);
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        try (var exact = LanguageModel.load(selection.location(surroundings), options.withWeights(WeightFormat.F32))) {
            List<int[]> dialogues = dialogues(exact);
            if (!json) {
                surroundings
                        .out()
                        .print("%-8s %10s %10s %10s %10s%n"
                                .formatted("weights", "mean KL", "worst KL", "agreement", "MB"));
            }
            for (WeightFormat format : formats) {
                try (var other = LanguageModel.load(selection.location(surroundings), options.withWeights(format))) {
                    Divergence divergence = Divergence.of(exact.model(), other.model(), dialogues);
                    long megabytes = other.model().weightBytes() >> 20;
                    if (json) {
                        rows.addObject()
                                .put("weights", format.label())
                                .put("mean_kl", divergence.meanKl())
                                .put("worst_kl", divergence.worstKl())
                                .put("agreement", divergence.agreement())
                                .put("positions", divergence.positions())
                                .put("megabytes", megabytes);
                    } else {
                        surroundings
                                .out()
                                .print("%-8s %10.6f %10.6f %9.2f%% %10d%n"
                                        .formatted(
                                                format.label(),
                                                divergence.meanKl(),
                                                divergence.worstKl(),
                                                100 * divergence.agreement(),
                                                megabytes));
                    }
                }
            }
        }
        if (json) {
            surroundings.out().printLine(rows);
        }
        return 0;
    }

    /** Each line's turns in DialoGPT's form: every turn followed by the end-of-text token. */
    private static List<int[]> dialogues(LanguageModel model) {
        var stream = Objects.requireNonNull(DivergenceCommand.class.getResourceAsStream(SMALL_TALK));
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            List<int[]> dialogues = new ArrayList<>();
            for (String line : lines.readAllLines()) {
                String text = line.replace("\t", model.tokenizer().eosToken())
                        + model.tokenizer().eosToken();
                int[] tokens = model.tokenizer().encode(text);
                dialogues.add(Arrays.copyOf(
                        tokens, Math.min(tokens.length, model.config().positions())));
            }
            return dialogues;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
