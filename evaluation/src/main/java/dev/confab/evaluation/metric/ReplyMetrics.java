package dev.confab.evaluation.metric;

import dev.confab.engine.error.ConfabException;
import dev.confab.evaluation.meteor.Meteor;
import dev.confab.evaluation.meteor.MeteorCounts;
import dev.confab.evaluation.text.MtevalTokenizer;
import dev.confab.evaluation.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures one set of replies by any metric. Belongs to one thread.
 *
 * <pre>{@code
 * var metrics = ReplyMetrics.of(new ReplySet(List.of("fine , thanks ."), List.of(List.of("i am fine ."))));
 * double bleu2 = metrics.score(Metric.BLEU)[1];
 * }</pre>
 */
public final class ReplyMetrics {
    private final ReplySet set;
    private final List<List<String>> replies;
    private final List<List<List<String>>> references;
    private final int[] all;
    private final Map<Metric, CorpusMetric> prepared = new EnumMap<>(Metric.class);
    private @Nullable NgramOverlap mteval;
    private @Nullable NgramOverlap plain;

    private ReplyMetrics(ReplySet set) {
        this.set = set;
        this.replies = words(set.replies(), Words::split);
        this.references = set.references().stream()
                .map(texts -> words(texts, Words::split))
                .toList();
        this.all = IntStream.range(0, set.size()).toArray();
    }

    /** Prepares to measure a set of replies. */
    public static ReplyMetrics of(ReplySet set) {
        return new ReplyMetrics(set);
    }

    /**
     * The values of a metric for the whole set, as many as {@link Metric#labels}.
     *
     * @throws ConfabException if the metric needs references and the set has none
     */
    public double[] score(Metric metric) {
        return metric(metric).score(all);
    }

    /**
     * Values with bootstrap intervals.
     *
     * @throws ConfabException if the metric needs references and the set has none
     */
    public Score score(Metric metric, Bootstrap bootstrap) {
        double[] values = score(metric);
        List<Interval> intervals = bootstrap.intervals(set.size(), values, metric(metric), metric);
        return new Score(metric, Arrays.stream(values).boxed().toList(), intervals);
    }

    private CorpusMetric metric(Metric metric) {
        if (metric.needsReferences() && set.references().isEmpty()) {
            throw new ConfabException(metric.key() + " compares replies with references, and there are none");
        }
        return prepared.computeIfAbsent(metric, this::prepare);
    }

    private CorpusMetric prepare(Metric metric) {
        return switch (metric) {
            case NIST -> of(mteval(), Nist::score);
            case BLEU -> of(mteval(), Bleu::mteval);
            case MULTI_BLEU -> of(plain(), Bleu::multiBleu);
            case COCO_BLEU -> of(plain(), Bleu::coco);
            case ROUGE_L ->
                mean(IntStream.of(all)
                        .mapToDouble(i -> RougeL.score(replies.get(i), references.get(i)))
                        .toArray());
            case CIDER -> mean(Cider.scores(replies, references));
            case METEOR -> meteor();
            case ENTROPY -> Diversity.of(replies, 4)::entropies;
            case DISTINCT -> Diversity.of(replies, 2)::distinct;
            case AVERAGE_LENGTH -> mean(replies.stream().mapToDouble(List::size).toArray());
            case REPEATED_TRIGRAMS -> mean(Repetition.repeatedTrigrams(replies));
            case REPEATED_REPLIES -> mean(Repetition.repeatedReplies(replies));
        };
    }

    private CorpusMetric meteor() {
        var meteor = new Meteor();
        List<MeteorCounts> counts = IntStream.of(all)
                .mapToObj(
                        i -> meteor.count(set.replies().get(i), set.references().get(i)))
                .toList();
        return selection -> {
            MeteorCounts sum = MeteorCounts.NONE;
            for (int reply : selection) {
                sum = sum.plus(counts.get(reply));
            }
            return new double[] {sum.score()};
        };
    }

    private static CorpusMetric of(NgramOverlap overlap, Function<NgramOverlap.Sums, double[]> score) {
        return selection -> score.apply(overlap.sum(selection));
    }

    private static CorpusMetric mean(double[] values) {
        return selection -> {
            double sum = 0;
            for (int reply : selection) {
                sum += values[reply];
            }
            return new double[] {sum / selection.length};
        };
    }

    private NgramOverlap mteval() {
        if (mteval == null) {
            mteval = NgramOverlap.count(
                    words(set.replies(), ReplyMetrics::mtevalWords),
                    set.references().stream()
                            .map(texts -> words(texts, ReplyMetrics::mtevalWords))
                            .toList());
        }
        return mteval;
    }

    private NgramOverlap plain() {
        if (plain == null) {
            plain = NgramOverlap.count(replies, references);
        }
        return plain;
    }

    /** DialoGPT's evaluation hands texts over as XML, and replaces by spaces what XML would trip over. */
    private static List<String> mtevalWords(String text) {
        return MtevalTokenizer.tokenize(text.replace('&', ' ').replace('<', ' '));
    }

    private static List<List<String>> words(List<String> texts, Function<String, List<String>> split) {
        List<List<String>> words = new ArrayList<>();
        texts.forEach(text -> words.add(split.apply(text)));
        return words;
    }
}
