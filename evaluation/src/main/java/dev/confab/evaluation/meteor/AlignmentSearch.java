package dev.confab.evaluation.meteor;

import dev.confab.evaluation.meteor.WordMatch.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among the possible matches, by METEOR's beam search over the reference from left to right: the most equal words,
 * then the fewest chunks, then the shortest way between the words. Matches that compete with no other are settled before.
 */
final class AlignmentSearch {
    private static final int BEAM = 40;
    private static final Comparator<Path> BEST_FIRST = Comparator.<Path>comparingInt(path -> -path.equalWords)
            .thenComparingInt(path -> path.chunks)
            .thenComparingInt(path -> path.distance);

    private final List<List<WordMatch>> possible;
    private final @Nullable WordMatch[] settled;
    private final int replyLength;

    private AlignmentSearch(List<List<WordMatch>> possible, int replyLength) {
        this.possible = possible;
        this.replyLength = replyLength;
        this.settled = settled(possible, replyLength);
    }

    /**
     * The best alignment.
     *
     * @param possible the possible matches of each position of the reference
     */
    static Alignment best(List<List<WordMatch>> possible, int replyLength) {
        @Nullable WordMatch[] matches = new AlignmentSearch(possible, replyLength).search().matches;
        return new Alignment(
                Arrays.stream(matches)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList(),
                Alignment.chunks(matches));
    }

    private static @Nullable WordMatch[] settled(List<List<WordMatch>> possible, int replyLength) {
        int[] uses = new int[replyLength];
        possible.forEach(matches -> matches.forEach(match -> uses[match.reply()]++));
        @Nullable WordMatch[] settled = new WordMatch[possible.size()];
        for (int j = 0; j < settled.length; j++) {
            List<WordMatch> matches = possible.get(j);
            if (matches.size() == 1 && uses[matches.getFirst().reply()] == 1) {
                settled[j] = matches.getFirst();
            }
        }
        return settled;
    }

    private Path search() {
        List<Path> paths = List.of(new Path(settled, replyLength));
        for (int position = 0; position < possible.size(); position++) {
            List<Path> next = new ArrayList<>();
            for (Path path : paths.stream().sorted(BEST_FIRST).limit(BEAM).toList()) {
                extend(path, position, next);
            }
            paths = next;
        }
        List<Path> complete = paths.stream().sorted(BEST_FIRST).limit(BEAM).toList();
        complete.forEach(Path::closeChunk);
        return complete.stream().sorted(BEST_FIRST).findFirst().orElseThrow();
    }

    private void extend(Path path, int position, List<Path> next) {
        WordMatch fixed = settled[position];
        if (fixed != null) {
            path.add(fixed);
            path.distance += Math.abs(fixed.reference() - fixed.reply());
            next.add(path);
            return;
        }
        for (WordMatch match : possible.get(position)) {
            if (!path.used[match.reply()]) {
                var taken = new Path(path);
                taken.matches[position] = match;
                taken.used[match.reply()] = true;
                taken.add(match);
                next.add(taken);
                // METEOR charges the way to the path that goes on without the match. It only breaks ties, but does so
                // in published scores, so we charge the same.
                path.distance += Math.abs(match.reference() - match.reply());
            }
        }
        path.closeChunk();
        next.add(path);
    }

    /** An alignment of the reference's beginning. */
    private static final class Path {
        private final @Nullable WordMatch[] matches;
        private final boolean[] used;
        private int equalWords;
        private int chunks;
        private int distance;
        /** The reply's position after the last match if the word before was matched, else -1. */
        private int next = -1;

        Path(@Nullable WordMatch[] settled, int replyLength) {
            matches = settled.clone();
            used = new boolean[replyLength];
            for (WordMatch match : settled) {
                if (match != null) {
                    used[match.reply()] = true;
                }
            }
        }

        Path(Path other) {
            matches = other.matches.clone();
            used = other.used.clone();
            equalWords = other.equalWords;
            chunks = other.chunks;
            distance = other.distance;
            next = other.next;
        }

        void add(WordMatch match) {
            // METEOR gives other matches half a point and then cuts it off.
            equalWords += match.stage() == Stage.EXACT ? 1 : 0;
            if (next >= 0 && match.reply() != next) {
                chunks++;
            }
            next = match.reply() + 1;
        }

        void closeChunk() {
            if (next >= 0) {
                chunks++;
                next = -1;
            }
        }
    }
}
