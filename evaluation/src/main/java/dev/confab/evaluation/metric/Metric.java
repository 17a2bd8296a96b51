package dev.confab.evaluation.metric;

import dev.confab.engine.error.ConfabException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A measure of a set of replies. */
public enum Metric {
    /** {@code mteval-v14c.pl}'s NIST of n-grams up to 1, 2, 3 and 4 words. */
    NIST("nist", "NIST", 4, true),
    /** {@code mteval-v14c.pl}'s BLEU of n-grams up to 1, 2, 3 and 4 words, 0 to 1. */
    BLEU("bleu", "BLEU", 4, true),
    /** Moses' {@code multi-bleu.perl} on words as they stand, 0 to 1. */
    MULTI_BLEU("multi_bleu", "multi-BLEU", 1, true),
    /** The BLEU of the COCO caption evaluation, 0 to 1. */
    COCO_BLEU("coco_bleu", "COCO-BLEU", 4, true),
    /** The ROUGE-L of the COCO caption evaluation, 0 to 1. */
    ROUGE_L("rouge_l", "ROUGE-L", 1, true),
    /** The CIDEr of the COCO caption evaluation, 0 to 10. */
    CIDER("cider", "CIDEr", 1, true),
    /** METEOR 1.5 for English without its paraphrases, 0 to 1. */
    METEOR("meteor", "METEOR", 1, true),
    /** Entropy in nats of the distribution of n-grams of 1, 2, 3 and 4 words. */
    ENTROPY("entropy", "Entropy", 4, false),
    /** Different n-grams of 1 and 2 words for each that occurs, 0 to 1. */
    DISTINCT("distinct", "Distinct", 2, false),
    /** Mean number of words. */
    AVERAGE_LENGTH("average_length", "Length", 1, false),
    /** Share of replies that have the same three words in a row twice, 0 to 1. */
    REPEATED_TRIGRAMS("repeated_trigrams", "Repeated trigrams", 1, false),
    /** Share of replies that are equal to an earlier one, 0 to 1. */
    REPEATED_REPLIES("repeated_replies", "Repeated replies", 1, false);

    private final String key;
    private final String label;
    private final int values;
    private final boolean needsReferences;

    Metric(String key, String label, int values, boolean needsReferences) {
        this.key = key;
        this.label = label;
        this.values = values;
        this.needsReferences = needsReferences;
    }

    /** The name in commands and documents, such as {@code "nist"}. */
    public String key() {
        return key;
    }

    /** The names of its values for people, such as {@code "NIST-1"} to {@code "NIST-4"}. */
    public List<String> labels() {
        return values == 1
                ? List.of(label)
                : IntStream.rangeClosed(1, values)
                        .mapToObj(n -> label + "-" + n)
                        .toList();
    }

    /** Whether it compares replies with references. */
    public boolean needsReferences() {
        return needsReferences;
    }

    /**
     * Whether a set drawn with repetition scores lower for the repetition alone, so that a bootstrap's scores have to be
     * moved to where the set's own is.
     */
    boolean suffersFromRepetition() {
        return this == ENTROPY || this == DISTINCT;
    }

    /** The highest value that is possible, where moving an interval could pass it. */
    double highest() {
        return this == DISTINCT ? 1 : Double.POSITIVE_INFINITY;
    }

    /**
     * The metric of a name.
     *
     * @throws ConfabException if there is none; lists all names
     */
    public static Metric of(String key) {
        for (Metric metric : values()) {
            if (metric.key.equals(key)) {
                return metric;
            }
        }
        throw new ConfabException("unknown metric '" + key + "'; choose from " + keys());
    }

    /** All names, with commas between them. */
    public static String keys() {
        return Arrays.stream(values()).map(Metric::key).collect(Collectors.joining(", "));
    }

    /** What DialoGPT's evaluation reports, as far as the references allow. */
    public static List<Metric> published(boolean references) {
        List<Metric> metrics = new ArrayList<>(List.of(NIST, BLEU, METEOR, ENTROPY, DISTINCT, AVERAGE_LENGTH));
        metrics.removeIf(metric -> metric.needsReferences && !references);
        return List.copyOf(metrics);
    }
}
