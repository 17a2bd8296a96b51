package dev.confab.evaluation.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CIDEr-D as the COCO caption evaluation computes it (Vedantam et al. 2015): the cosine of the n-grams of reply and
 * reference, each weighed by how few of all replies' references have it, mean over orders and references, times ten.
 */
final class Cider {
    private static final int LONGEST = 4;
    /** How fast a reply of another length than the reference's loses, in words. */
    private static final double SIGMA = 6;

    private static final double SCALE = 10;

    private final List<Map<Integer, Integer>> documents = new ArrayList<>();
    private final double logReplies;

    private Cider(int replies) {
        logReplies = Math.log(replies);
        for (int order = 0; order < LONGEST; order++) {
            documents.add(new HashMap<>());
        }
    }

    /** The score of each reply. */
    static double[] scores(List<List<String>> replies, List<List<List<String>>> references) {
        var index = new NgramIndex(LONGEST);
        List<List<int[][]>> numbered = references.stream()
                .map(all -> all.stream().map(index::number).toList())
                .toList();
        var cider = new Cider(replies.size());
        numbered.forEach(cider::countDocument);
        double[] scores = new double[replies.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = cider.score(index.number(replies.get(i)), numbered.get(i));
        }
        return scores;
    }

    private void countDocument(List<int[][]> references) {
        for (int order = 0; order < LONGEST; order++) {
            Set<Integer> present = new HashSet<>();
            for (int[][] reference : references) {
                for (int number : reference[order]) {
                    present.add(number);
                }
            }
            Map<Integer, Integer> counts = documents.get(order);
            present.forEach(number -> counts.merge(number, 1, Integer::sum));
        }
    }

    private double score(int[][] reply, List<int[][]> references) {
        double sum = 0;
        for (int[][] reference : references) {
            double difference = (double) reply[0].length - reference[0].length;
            double cosines = 0;
            for (int order = 0; order < LONGEST; order++) {
                cosines += cosine(order, Tally.of(reply[order]), Tally.of(reference[order]));
            }
            sum += cosines / LONGEST * Math.exp(-difference * difference / (2 * SIGMA * SIGMA));
        }
        return SCALE * sum / references.size();
    }

    private double cosine(int order, Tally reply, Tally reference) {
        double product = 0;
        for (int i = 0; i < reply.size(); i++) {
            double weight = weight(order, reply.number(i));
            double other = weight * reference.countOf(reply.number(i));
            product += Math.min(weight * reply.count(i), other) * other;
        }
        double norms = norm(order, reply) * norm(order, reference);
        return norms == 0 ? 0 : product / norms;
    }

    private double norm(int order, Tally tally) {
        double sum = 0;
        for (int i = 0; i < tally.size(); i++) {
            double value = weight(order, tally.number(i)) * tally.count(i);
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private double weight(int order, int number) {
        return logReplies - Math.log(Math.max(1, documents.get(order).getOrDefault(number, 0)));
    }
}
