package dev.confab.engine;

import dev.confab.engine.checkpoint.Checkpoint;
import dev.confab.engine.checkpoint.CheckpointException;
import dev.confab.engine.checkpoint.StoredTensor;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.hub.ModelFiles;
import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.model.Gpt2Loader;
import dev.confab.engine.model.KeyValueCache;
import dev.confab.engine.model.TensorNames;
import dev.confab.engine.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A GPT-2 with a head that scores whole texts: transformers' {@code GPT2ForSequenceClassification}, such as the models of
 * DialogRPT. The score of each label is a linear function, without bias, of the last token's hidden state.
 *
 * <pre>{@code
 * try (var classifier = SequenceClassifier.fromPretrained("microsoft/DialogRPT-updown")) {
 *     int[] text = classifier.tokenizer().encode("I love NLP!<|endoftext|>Me too!");
 *     float[] logits = classifier.logits(text);
 * }
 * }</pre>
 *
 * <p>Usable from any thread; close it to give its memory back.
 */
public final class SequenceClassifier implements AutoCloseable {
    private static final int MOST_LABELS = 10_000;

    private final Gpt2 model;
    private final ModelSource source;
    private final float[][] head;
    private final List<String> labels;
    private @Nullable Tokenizer tokenizer;

    private SequenceClassifier(Gpt2 model, ModelSource source, float[][] head, List<String> labels) {
        this.model = model;
        this.source = source;
        this.head = head;
        this.labels = labels;
    }

    /**
     * Loads a classifier with what suits this machine.
     *
     * @param nameOrFolder a name on the Hugging Face hub, such as {@code microsoft/DialogRPT-updown}, or a folder
     * @throws ConfabException if it cannot be found, read or run, or is no classifier
     */
    public static SequenceClassifier fromPretrained(String nameOrFolder) {
        return load(nameOrFolder, ModelOptions.defaults());
    }

    /**
     * Loads a classifier as the options say.
     *
     * @param nameOrFolder as for {@link #fromPretrained}
     * @throws ConfabException if it cannot be found, read or run, or is no classifier
     */
    public static SequenceClassifier load(String nameOrFolder, ModelOptions options) {
        var source = ModelSource.resolve(
                nameOrFolder, options.revision(), ModelFiles.MODEL, options.hub(), options.progress());
        if (source.adapter().isPresent()) {
            throw new ConfabException(nameOrFolder + " is an adapter; a classifier must be a whole checkpoint");
        }
        float[][] head = readHead(source.weights(), source.config());
        Gpt2 model = Gpt2Loader.loadClassifier(source.weights(), LanguageModel.loadOptions(options));
        return new SequenceClassifier(model, source, head, labels(source.folder(), head.length));
    }

    /** The names of the labels, as {@code id2label} of {@code config.json} has them, or {@code LABEL_0} and so on. */
    public List<String> labels() {
        return labels;
    }

    /**
     * The checkpoint's tokenizer, read when first asked for.
     *
     * @throws ConfabException if the checkpoint's folder has none
     */
    public synchronized Tokenizer tokenizer() {
        if (tokenizer == null) {
            tokenizer = Tokenizer.load(source.tokenizerFolder());
        }
        return tokenizer;
    }

    /**
     * The score of each label for a text, before any softmax or sigmoid.
     *
     * @param tokens at least one; of more than the model's positions the last ones count
     */
    public float[] logits(int[] tokens) {
        return logits(List.of(tokens)).getFirst();
    }

    /**
     * The scores for several texts, which are read in one forward pass.
     *
     * @param texts each at least one token; of more than the model's positions the last ones count
     * @return for each text {@code [labels]}
     * @throws IllegalArgumentException if a text is empty
     */
    public List<float[]> logits(List<int[]> texts) {
        var batch = new ForwardBatch();
        List<KeyValueCache> caches = new ArrayList<>();
        try {
            for (int[] text : texts) {
                KeyValueCache cache = model.newCache();
                caches.add(cache);
                batch.add(cache, text, Math.max(0, text.length - cache.capacity()), text.length, 1);
            }
            model.forward(batch);
            List<float[]> logits = new ArrayList<>();
            for (int row = 0; row < texts.size(); row++) {
                logits.add(scores(batch, row));
            }
            return logits;
        } finally {
            caches.forEach(KeyValueCache::close);
        }
    }

    private float[] scores(ForwardBatch batch, int row) {
        float[] hidden = new float[model.config().hiddenSize()];
        batch.copyHidden(row, hidden);
        float[] scores = new float[head.length];
        for (int label = 0; label < head.length; label++) {
            double sum = 0;
            for (int i = 0; i < hidden.length; i++) {
                sum += (double) hidden[i] * head[label][i];
            }
            scores[label] = (float) sum;
        }
        return scores;
    }

    private static float[][] readHead(Path weights, Gpt2Config config) {
        try (Checkpoint checkpoint = Checkpoint.open(weights)) {
            StoredTensor score = checkpoint
                    .tensor(TensorNames.SCORE)
                    .orElseThrow(() -> new CheckpointException(weights + ": tensor '" + TensorNames.SCORE
                            + "' is missing; this is no sequence classifier"));
            List<Long> shape = score.shape();
            if (shape.size() != 2
                    || shape.get(0) < 1
                    || shape.get(0) > MOST_LABELS
                    || shape.get(1) != config.hiddenSize()) {
                throw new CheckpointException(score.file() + ": tensor '" + score.name() + "' has shape " + shape
                        + ", expected [labels, " + config.hiddenSize() + "] with 1 to " + MOST_LABELS + " labels");
            }
            float[][] head = new float[Math.toIntExact(shape.get(0))][config.hiddenSize()];
            for (int label = 0; label < head.length; label++) {
                score.readFloats((long) label * config.hiddenSize(), head[label], 0, config.hiddenSize());
            }
            return head;
        }
    }

    private static List<String> labels(Path folder, int count) {
        JsonNode names =
                JsonMapper.shared().readTree(folder.resolve("config.json")).path("id2label");
        List<String> labels = new ArrayList<>();
        for (int label = 0; label < count; label++) {
            labels.add(names.path(Integer.toString(label)).asString("LABEL_" + label));
        }
        return List.copyOf(labels);
    }

    @Override
    public void close() {
        model.close();
    }
}
