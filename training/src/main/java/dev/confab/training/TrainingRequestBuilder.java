package dev.confab.training;

import dev.confab.engine.model.Gpt2ConfigFile;
import dev.confab.engine.model.LoraConfig;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.Processors;
import dev.confab.training.TrainingRequest.Start;
import dev.confab.training.data.BrokenLines;
import dev.confab.training.data.DialogueSource;
import dev.confab.training.data.EncodingOptions;
import dev.confab.training.data.LossOn;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts a run together. Only the data must be given; what is not set is what {@code confab train} takes. Belongs to one
 * thread.
 */
public final class TrainingRequestBuilder {
    private static final int USUAL_CONTEXT = 256;

    private final Start start;
    private final Path output;
    private @Nullable LoraConfig lora;
    private List<DialogueSource> training = List.of();
    private List<DialogueSource> validation = List.of();
    private double validationShare = 0.02;
    private BrokenLines brokenLines = BrokenLines.SKIP;
    private @Nullable Pattern exclude;
    private @Nullable Integer context;
    private @Nullable LossOn lossOn;
    private boolean reverse;
    private int batchTokens = 4096;
    private float dropout;
    private boolean gradientCheckpointing;
    private @Nullable TrainingOptions options;
    private boolean resume;
    private @Nullable Kernels kernels;
    private int threads = Processors.physicalCores();

    TrainingRequestBuilder(Start start, Path output) {
        this.start = start;
        this.output = output;
    }

    /** What is learned from, at least one file. */
    public TrainingRequestBuilder data(List<DialogueSource> files) {
        training = files;
        return this;
    }

    /**
     * A file that is learned from.
     *
     * @throws dev.confab.training.data.DataException if it cannot be read, or looks like none of the formats
     */
    public TrainingRequestBuilder data(Path file) {
        return data(List.of(DialogueSource.of(file)));
    }

    /** Files to measure on, instead of a share of the data. */
    public TrainingRequestBuilder validation(List<DialogueSource> files) {
        validation = files;
        return this;
    }

    /** The share of the dialogues that is put aside to measure on where there are no files for it; 0.02 if not set. */
    public TrainingRequestBuilder validationShare(double share) {
        validationShare = share;
        return this;
    }

    /** What becomes of lines that cannot be understood; they are skipped if not set. */
    public TrainingRequestBuilder brokenLines(BrokenLines treatment) {
        brokenLines = treatment;
        return this;
    }

    /** Leaves out dialogues in which something is found. */
    public TrainingRequestBuilder exclude(Optional<Pattern> pattern) {
        exclude = pattern.orElse(null);
        return this;
    }

    /** The most tokens in a row; 256, or all of the model's positions if it has fewer, if not set. */
    public TrainingRequestBuilder context(int tokens) {
        context = tokens;
        return this;
    }

    /** Which turns are learned; if not set all by a new model, and all but the first by one that is fine-tuned. */
    public TrainingRequestBuilder lossOn(LossOn turns) {
        lossOn = turns;
        return this;
    }

    /** Whether turns are in reversed order, for the model that says what a reply may have answered. */
    public TrainingRequestBuilder reverse(boolean reversed) {
        reverse = reversed;
        return this;
    }

    /** Trains adapters instead of the whole model. */
    public TrainingRequestBuilder lora(Optional<LoraConfig> adapters) {
        lora = adapters.orElse(null);
        return this;
    }

    /** The most tokens that go through the model together, padding included; 4,096 if not set. */
    public TrainingRequestBuilder batchTokens(int tokens) {
        batchTokens = tokens;
        return this;
    }

    /** On embeddings, attention and residual branches, from 0 to below 1; 0 if not set. */
    public TrainingRequestBuilder dropout(float probability) {
        dropout = probability;
        return this;
    }

    /** Whether to need less memory and a third more time. */
    public TrainingRequestBuilder gradientCheckpointing(boolean checkpointing) {
        gradientCheckpointing = checkpointing;
        return this;
    }

    /** The loop's options; the defaults with the {@linkplain Start#usualRate usual rate} if not set. */
    public TrainingRequestBuilder options(TrainingOptions loop) {
        options = loop;
        return this;
    }

    /** Whether to go on from the state that an earlier start left in the output folder. */
    public TrainingRequestBuilder resume(boolean goOn) {
        resume = goOn;
        return this;
    }

    /** What to compute with; the fastest that runs here if not set. */
    public TrainingRequestBuilder kernels(Kernels set) {
        kernels = set;
        return this;
    }

    /** How many threads compute; one for each core if not set. */
    public TrainingRequestBuilder threads(int count) {
        threads = count;
        return this;
    }

    /**
     * The request.
     *
     * @throws dev.confab.engine.error.ConfabException if something is missing or contradictory, or the checkpoint to start
     *     from has no configuration that can be read
     */
    public TrainingRequest build() {
        int rowTokens = context == null ? Math.min(USUAL_CONTEXT, positions()) : context;
        LossOn turns = lossOn == null ? start.usualLoss() : lossOn;
        return new TrainingRequest(
                start,
                Optional.ofNullable(lora),
                training,
                validation,
                validationShare,
                brokenLines,
                Optional.ofNullable(exclude),
                new EncodingOptions(rowTokens, turns, reverse),
                batchTokens,
                dropout,
                gradientCheckpointing,
                options == null ? TrainingOptions.builder(start.usualRate()).build() : options,
                output,
                resume,
                kernels == null ? KernelSets.bestForTraining() : kernels,
                threads);
    }

    private int positions() {
        return switch (start) {
            case Start.Nothing nothing -> nothing.positions();
            case Start.Checkpoint checkpoint ->
                Gpt2ConfigFile.read(checkpoint.folder()).positions();
        };
    }
}
