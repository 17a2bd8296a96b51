package dev.confab.training;

import dev.confab.training.data.Batch;
import dev.confab.training.data.Batches;
import dev.confab.training.gradient.Gpt2Gradients;
import dev.confab.training.gradient.Workers;
import dev.confab.training.optimizer.AdamW;
import dev.confab.training.optimizer.LearningRate;
import dev.confab.training.tuning.Tuning;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: batches to gradients, gradients to steps, now and then a validation and a saved state. Beside its
 * state it writes nothing; what becomes of the model is its listener's concern.
 *
 * <p>For one thread, except for {@link #requestStop}.
 */
public final class Trainer {
    /** How a run ended. */
    public enum Outcome {
        /** All steps were made. */
        COMPLETED,
        /** The validation loss had not improved for long enough. */
        STOPPED_EARLY,
        /** It was asked to; it can go on later. */
        INTERRUPTED
    }

    private final Tuning tuning;
    private final Gpt2Gradients model;
    private final Batches training;
    private final @Nullable Batches validation;
    private final TrainingOptions options;
    private final AdamW optimizer;
    private final SavedState state;
    private final TrainingListener listener;
    private final LearningRate learningRate;
    private final long steps;
    private final Batch batch;

    private Position position = Position.START;
    private double secondsBefore;
    private long startNanos;
    private long savedNanos;
    private volatile boolean stopRequested;

    /**
     * Prepares a run; its model has its first parameters.
     *
     * @param tuning the model, and what of it is changed
     * @param validation what the model is measured on, if anything
     * @param stateFile where the state is saved, a name that ends in {@code .safetensors}
     * @param run describes what the run was asked to do, in a line: a state of another one is refused
     * @param resume whether to go on from a state that is there; otherwise it is an error that there is one
     * @throws TrainingException if there is a state and should not be, or it is of another run
     */
    public Trainer(
            Tuning tuning,
            Workers workers,
            Batches training,
            Optional<Batches> validation,
            TrainingOptions options,
            Path stateFile,
            String run,
            boolean resume,
            TrainingListener listener) {
        this.tuning = tuning;
        model = tuning.model();
        this.training = training;
        this.validation = validation.orElse(null);
        this.options = options;
        this.listener = listener;
        optimizer = new AdamW(tuning.layout(), options.optimizer(), workers);
        state = new SavedState(stateFile, tuning.layout(), run);
        steps = countSteps();
        long warmUpSteps = Math.round(options.warmUp() * steps);
        learningRate =
                new LearningRate(options.schedule(), options.learningRate(), options.floor(), warmUpSteps, steps);
        batch = training.newBatch();
        if (state.exists()) {
            takeUp(stateFile, resume);
        }
    }

    private void takeUp(Path stateFile, boolean resume) {
        if (!resume) {
            throw new TrainingException(stateFile + " is the state of a run that did not end; go on with --resume,"
                    + " or delete it to begin anew");
        }
        position = state.read(tuning.parameters(), optimizer.means(), optimizer.variances());
        tuning.apply();
        optimizer.setSteps(position.step());
        secondsBefore = position.seconds();
    }

    private long countSteps() {
        double batches = 0;
        int whole = (int) options.epochs();
        for (int epoch = 0; epoch < whole; epoch++) {
            batches += training.count(epoch);
        }
        if (whole < options.epochs()) {
            batches += (options.epochs() - whole) * training.count(whole);
        }
        return Math.max(1, Math.round(batches / options.accumulation()));
    }

    /** How many steps the run has in all. */
    public long steps() {
        return steps;
    }

    /** How many of them are made. */
    public long step() {
        return position.step();
    }

    /** The best validation loss so far; infinity before the first. */
    public double bestLoss() {
        return position.bestLoss();
    }

    /** How long the run has taken so far, earlier starts included, in seconds. */
    public double seconds() {
        return position.seconds();
    }

    /** How many tokens were learned so far, with repetition. */
    public long tokens() {
        return position.tokens();
    }

    /** Asks the run to save its state after the current step and to end. May be called by any thread. */
    public void requestStop() {
        stopRequested = true;
    }

    /**
     * Trains until the end, or until it is asked to stop.
     *
     * @throws TrainingException if the loss is no longer a number; the last saved state is from before that
     */
    public Outcome run() {
        startNanos = System.nanoTime();
        savedNanos = startNanos;
        listener.started(position.step(), steps);
        while (position.step() < steps) {
            if (stopRequested) {
                save();
                return Outcome.INTERRUPTED;
            }
            makeStep();
            boolean last = position.step() == steps;
            if (validation != null && (last || position.step() % options.validateEvery() == 0)) {
                validate(validation);
                if (options.patience() > 0 && position.sinceBest() >= options.patience()) {
                    save();
                    return Outcome.STOPPED_EARLY;
                }
            }
            if (last || System.nanoTime() - savedNanos > options.saveEvery().toNanos()) {
                save();
            }
        }
        if (validation == null) {
            listener.improved(tuning.layout(), tuning.parameters());
        }
        return Outcome.COMPLETED;
    }

    private void makeStep() {
        long begin = System.nanoTime();
        model.clearGradients();
        double loss = 0;
        double weight = 0;
        long learned = 0;
        Position next = position;
        for (int i = 0; i < options.accumulation(); i++) {
            long count = training.count(next.epoch());
            while (count == 0) {
                // Weights may leave an epoch without data; one that has some follows, or there would be no more steps.
                next = next.nextEpoch();
                count = training.count(next.epoch());
            }
            training.fill(next.epoch(), next.batch(), batch);
            loss += model.accumulate(batch, options.seed() + position.step() * options.accumulation() + i);
            weight += batch.totalWeight();
            long tokens = batch.learnedTokens();
            learned += tokens;
            next = next.afterBatch(count, tokens);
        }
        tuning.collectGradients();
        double norm = optimizer.norm(tuning.gradients()) / weight;
        if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
            throw new TrainingException("the loss of step " + (position.step() + 1) + " is " + loss
                    + " and its gradient " + norm + ", so the model would be lost; "
                    + (state.exists() ? "the last saved state is good: go on from it" : "begin again")
                    + " with a lower learning rate than " + options.learningRate());
        }
        double rate = learningRate.at(position.step());
        double clipping = Math.min(1, options.clip() / Math.max(norm, Double.MIN_NORMAL));
        optimizer.step(tuning.parameters(), tuning.gradients(), clipping / weight, rate);
        tuning.apply();
        long now = System.nanoTime();
        position = next.afterStep(secondsBefore + (now - startNanos) / 1e9);
        listener.stepped(new TrainingListener.Step(
                position.step(),
                steps,
                position.epoch() + (double) position.batch() / Math.max(1, training.count(position.epoch())),
                loss / weight,
                norm,
                rate,
                position.tokens(),
                learned / ((now - begin) / 1e9),
                position.seconds()));
    }

    private void validate(Batches validation) {
        double loss = 0;
        double weight = 0;
        long count = Math.min(options.validationBatches(), validation.count(0));
        for (long i = 0; i < count; i++) {
            // Spread over all of them, as neighbours are of one source.
            validation.fill(0, i * validation.count(0) / count, batch);
            loss += model.loss(batch);
            weight += batch.totalWeight();
        }
        double mean = loss / weight;
        position = position.afterValidation(mean);
        boolean best = position.bestStep() == position.step();
        if (best) {
            listener.improved(tuning.layout(), tuning.parameters());
        }
        listener.validated(new TrainingListener.Validation(position.step(), mean, best));
    }

    private void save() {
        state.write(position, tuning.parameters(), optimizer.means(), optimizer.variances());
        savedNanos = System.nanoTime();
        listener.saved(position.step());
    }
}
