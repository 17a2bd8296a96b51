package dev.confab.dialogue;

import dev.confab.dialogue.ranking.Proposal;
import dev.confab.dialogue.ranking.Ranking;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Puts the best of several replies first. */
final class Choosing {
    private Choosing() {}

    /** Hears that a ranker failed. */
    @FunctionalInterface
    interface Failure {
        /** A ranker failed, and does not count. */
        void of(String ranker, RuntimeException cause);
    }

    /** The replies that may be given, the best first, and behind them those that may not. */
    static List<Judged> ranked(Ranking ranking, List<String> context, List<Judged> replies, Failure failure) {
        List<Judged> accepted = replies.stream().filter(Judged::accepted).toList();
        if (accepted.size() > 1) {
            List<Proposal> proposals = accepted.stream()
                    .map(reply -> new Proposal(reply.text(), reply.draft().meanLogProbability()))
                    .toList();
            for (Ranking.Weighted weighted : ranking.rankers()) {
                String name = weighted.ranker().name();
                try {
                    double[] scores = weighted.ranker().score(context, proposals);
                    for (int i = 0; i < scores.length; i++) {
                        accepted.get(i).add(name, scores[i], weighted.weight());
                    }
                } catch (RuntimeException e) {
                    failure.of(name, e);
                }
            }
        }
        return Stream.concat(
                        accepted.stream()
                                .sorted(Comparator.comparingDouble(Judged::score)
                                        .reversed()),
                        replies.stream().filter(reply -> !reply.accepted()))
                .toList();
    }
}
