package dev.confab.evaluation.metric;

import java.util.List;

/**
 * ROUGE-L as the COCO caption evaluation computes it (Lin 2004): the longest common subsequence as a share of the reply
 * and of the reference, each at its best over the references.
 */
final class RougeL {
    private static final double BETA = 1.2;

    private RougeL() {}

    static double score(List<String> reply, List<List<String>> references) {
        double precision = 0;
        double recall = 0;
        for (List<String> reference : references) {
            double common = commonSubsequence(reply, reference);
            precision = Math.max(precision, common / Math.max(1, reply.size()));
            recall = Math.max(recall, common / Math.max(1, reference.size()));
        }
        if (precision == 0 || recall == 0) {
            return 0;
        }
        return (1 + BETA * BETA) * precision * recall / (recall + BETA * BETA * precision);
    }

    private static int commonSubsequence(List<String> first, List<String> second) {
        int[] row = new int[second.size() + 1];
        for (String word : first) {
            int diagonal = 0;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                row[j] = word.equals(second.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return row[second.size()];
    }
}
