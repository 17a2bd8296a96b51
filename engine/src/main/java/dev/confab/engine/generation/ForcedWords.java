package dev.confab.engine.generation;

import dev.confab.engine.generation.BeamGroup.Continuation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Steers beams towards words that must occur; the constraints of transformers' {@code ConstrainedBeamSearchScorer}.
 *
 * <p>In each step every beam that lacks words is also continued with the tokens that would bring it nearer to one. All
 * continuations are then divided into banks by how far their words have come, and the next beams are taken from the
 * banks in turn, from the fullest to the emptiest, the best of each first.
 */
final class ForcedWords {
    private final List<WordTree> words;
    private final float[][] scores;

    /**
     * Words to force.
     *
     * @param words each word as a list of alternatives, none of which begins another of the same word
     */
    ForcedWords(List<List<List<Integer>>> words, int beams, int vocabularySize) {
        this.words = words.stream().map(WordTree::of).toList();
        this.scores = new float[beams][vocabularySize];
    }

    /** Takes the scores of all continuations of a beam. */
    void offer(int index, Beam beam, float[] tokenScores) {
        for (int token = 0; token < tokenScores.length; token++) {
            scores[index][token] = tokenScores[token] + beam.score();
        }
    }

    /** Whether a sequence, its prompt included, holds all words. */
    boolean completedBy(TokenSequence sequence) {
        return progress(sequence).complete();
    }

    private WordProgress progress(TokenSequence sequence) {
        var progress = new WordProgress(words);
        progress.read(sequence.ids(), sequence.length());
        return progress;
    }

    /** Replaces some of the best continuations by others that come nearer to the words. */
    List<Continuation> favour(List<Beam> beams, List<Continuation> best) {
        List<Ranked> ranked = new ArrayList<>();
        Set<List<Integer>> known = new HashSet<>();
        for (Continuation continuation : best) {
            int[] text = extended(beams.get(continuation.beam()), continuation.token());
            known.add(asList(text));
            var progress = new WordProgress(words);
            progress.read(text, text.length);
            ranked.add(new Ranked(continuation, progress.bank()));
        }
        int proposed = ranked.size();
        for (int i = 0; i < beams.size(); i++) {
            WordProgress progress = progress(beams.get(i).sequence());
            for (int token : progress.nextTokens()) {
                if (known.add(asList(extended(beams.get(i), token)))) {
                    WordProgress further = progress.copy();
                    further.read(token);
                    ranked.add(new Ranked(new Continuation(i, token, scores[i][token]), further.bank()));
                }
            }
        }
        return ranked.size() == proposed ? best : takeInTurn(ranked, best.size());
    }

    private static List<Continuation> takeInTurn(List<Ranked> ranked, int count) {
        // Banks come before scores: no sum of log-probabilities outweighs the hundred that a step is worth there.
        List<Ranked> sorted = new ArrayList<>(ranked);
        sorted.sort(Comparator.comparingDouble(Ranked::weight).reversed());
        List<Turn> turns = new ArrayList<>();
        int turn = -1;
        int bank = sorted.getFirst().bank();
        for (Ranked item : sorted) {
            turn = item.bank() == bank ? turn + 1 : 0;
            bank = item.bank();
            turns.add(new Turn(item.continuation(), turn));
        }
        turns.sort(Comparator.comparingInt(Turn::turn));
        return turns.stream().limit(count).map(Turn::continuation).toList();
    }

    private static int[] extended(Beam beam, int token) {
        TokenSequence sequence = beam.sequence();
        int[] text = Arrays.copyOf(sequence.ids(), sequence.length() + 1);
        text[sequence.length()] = token;
        return text;
    }

    private static List<Integer> asList(int[] text) {
        return Arrays.stream(text).boxed().toList();
    }

    /** A continuation and the bank that it belongs to. */
    private record Ranked(Continuation continuation, int bank) {
        /** Single precision, as in the reference. */
        float weight() {
            return bank * 100 + continuation.score();
        }
    }

    /** A continuation and its rank in its bank. */
    private record Turn(Continuation continuation, int turn) {}
}
