package dev.confab.training;

import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.model.LoraConfig;
import dev.confab.engine.tensor.Kernels;
import dev.confab.training.data.BrokenLines;
import dev.confab.training.data.DialogueSource;
import dev.confab.training.data.EncodingOptions;
import dev.confab.training.data.LossOn;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A whole run: from what, on what, how, and where to.
 *
 * @param start the first parameters
 * @param lora the adapters that are trained instead of the whole model, if any
 * @param training files to learn from, at least one
 * @param validation files to measure on; none to put a share of the training data aside
 * @param validationShare the share of the dialogues that is put aside where there are no such files, or 0 for none
 * @param brokenLines what becomes of a line that cannot be understood
 * @param exclude dialogues in which it is found are left out; none for all
 * @param encoding how dialogues become rows
 * @param tokensPerBatch the most tokens that go through the model together, padding included
 * @param dropout from 0 to below 1
 * @param gradientCheckpointing whether activations are computed again in the backward pass, to need less memory
 * @param options of the loop
 * @param output the folder of the trained model
 * @param resume whether to go on from the state that an earlier start left in the output folder
 * @param kernels to compute with
 * @param threads that compute, at least 1
 */
public record TrainingRequest(
        Start start,
        Optional<LoraConfig> lora,
        List<DialogueSource> training,
        List<DialogueSource> validation,
        double validationShare,
        BrokenLines brokenLines,
        Optional<Pattern> exclude,
        EncodingOptions encoding,
        int tokensPerBatch,
        float dropout,
        boolean gradientCheckpointing,
        TrainingOptions options,
        Path output,
        boolean resume,
        Kernels kernels,
        int threads) {
    /** Checks what can be checked without reading anything. */
    public TrainingRequest {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        if (lora.isPresent() && start instanceof Start.Nothing) {
            throw new TrainingException("LoRA adapts a model; it cannot begin one from nothing");
        }
        if (training.isEmpty()) {
            throw new TrainingException("no data to train on");
        }
        if (!(validationShare >= 0 && validationShare < 1)) {
            throw new TrainingException("validation share: " + validationShare + "; expected 0 to below 1");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new TrainingException("dropout: " + dropout + "; expected 0 to below 1");
        }
        if (tokensPerBatch < encoding.context()) {
            throw new TrainingException("a batch of " + tokensPerBatch + " tokens cannot hold a row of "
                    + encoding.context() + "; allow more tokens, or a shorter context");
        }
    }

    /**
     * A builder with the defaults of {@code confab train}.
     *
     * <pre>{@code
     * var request = TrainingRequest.builder(new Start.Checkpoint(folder), Path.of("my-bot"))
     *         .data(Path.of("chats.jsonl"))
     *         .options(TrainingOptions.builder(5e-5).epochs(2).patience(3).build())
     *         .build();
     * }</pre>
     *
     * @param output the folder of the trained model
     */
    public static TrainingRequestBuilder builder(Start start, Path output) {
        return new TrainingRequestBuilder(start, output);
    }

    /** Where a run begins. */
    public sealed interface Start {
        /** The highest learning rate that suits most runs: 0.001 for a new model, 0.00005 for one that is fine-tuned. */
        default double usualRate() {
            return switch (this) {
                case Nothing _ -> 1e-3;
                case Checkpoint _ -> 5e-5;
            };
        }

        /** The turns that are usually learned: all by a new model, all but the first by one that is fine-tuned. */
        default LossOn usualLoss() {
            return switch (this) {
                case Nothing _ -> LossOn.ALL_TURNS;
                case Checkpoint _ -> LossOn.REPLIES;
            };
        }

        /**
         * With parameters by chance.
         *
         * @param tokenizer the folder of a tokenizer, which decides the size of the vocabulary
         * @param layers transformer blocks
         * @param hiddenSize width of the residual stream
         * @param heads attention heads, which divide it
         * @param positions the longest sequence
         */
        record Nothing(Path tokenizer, int layers, int hiddenSize, int heads, int positions) implements Start {
            Gpt2Config config(int vocabularySize, int eosTokenId) {
                Gpt2Config plain = Gpt2Config.of(vocabularySize, positions, hiddenSize, layers, heads);
                return plain.withSpecialTokens(eosTokenId);
            }
        }

        /**
         * With a checkpoint that the engine loads.
         *
         * @param folder with its configuration, weights and tokenizer
         */
        record Checkpoint(Path folder) implements Start {}
    }

    /** What the run is asked to do in a line, by which a saved state is recognised; without what may change later. */
    String describe() {
        return start + lora.map(adapter -> ", " + adapter).orElse("") + ", " + encoding + ", batches of "
                + tokensPerBatch + ", dropout " + dropout + ", seed " + options.seed() + ", accumulation "
                + options.accumulation();
    }
}
