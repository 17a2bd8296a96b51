package dev.confab.evaluation.meteor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Scores replies by METEOR 1.5 with its parameters for ranking English. Belongs to one thread.
 *
 * <pre>{@code
 * double score = new Meteor().count("The cat sat.", List.of("A cat was sitting.")).score();
 * }</pre>
 */
public final class Meteor {
    /** How much a content word weighs; a function word weighs the rest. */
    private static final double DELTA = 0.75;

    /**
     * Words and marks that are at least about a thousandth of news text. The test data decides for those that occur in
     * it: with this list every one of its scores is the program's.
     */
    private static final Set<String> FUNCTION_WORDS = functionWords();

    private final WordMatcher matcher = new WordMatcher();

    /** A scorer. */
    public Meteor() {}

    private static Set<String> functionWords() {
        var stream = Objects.requireNonNull(Meteor.class.getResourceAsStream("function-words.txt"));
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .flatMap(line -> List.of(line.split(" ")).stream())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The counts of a reply with the reference that gives it the best score.
     *
     * @param references at least one
     */
    public MeteorCounts count(String reply, List<String> references) {
        List<String> words = MeteorTokenizer.tokenize(reply);
        MeteorCounts best = null;
        for (String reference : references) {
            MeteorCounts counts = count(words, MeteorTokenizer.tokenize(reference));
            if (best == null || counts.score() > best.score()) {
                best = counts;
            }
        }
        return Objects.requireNonNull(best, "a reply without references");
    }

    private MeteorCounts count(List<String> reply, List<String> reference) {
        Alignment alignment = AlignmentSearch.best(matcher.matches(reply, reference), reply.size());
        double replyMatches = 0;
        double referenceMatches = 0;
        for (WordMatch match : alignment.matches()) {
            replyMatches += weight(reply.get(match.reply())) * match.stage().weight();
            referenceMatches +=
                    weight(reference.get(match.reference())) * match.stage().weight();
        }
        int matches = alignment.matches().size();
        boolean whole = matches == reply.size() && matches == reference.size() && alignment.chunks() == 1;
        return new MeteorCounts(
                weight(reply),
                weight(reference),
                replyMatches,
                referenceMatches,
                matches,
                whole ? 0 : alignment.chunks());
    }

    private static double weight(List<String> words) {
        return words.stream().mapToDouble(Meteor::weight).sum();
    }

    private static double weight(String word) {
        return FUNCTION_WORDS.contains(word) ? 1 - DELTA : DELTA;
    }
}
