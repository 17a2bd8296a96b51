package dev.confab.engine.generation;

import java.time.Duration;
import java.util.List;

/**
 * What came of one prompt.
 *
 * @param sequences the replies, the best first with beams; as many as {@code num_return_sequences}
 * @param promptTokensComputed prompt tokens that the model read for this call
 * @param promptTokensReused prompt tokens that were in the session's cache already
 * @param draftTokensProposed tokens that the draft model or the prompt lookup proposed
 * @param draftTokensAccepted how many of them the model agreed with
 * @param queued time that the request waited for its turn, before the others
 * @param prefill time until the first token was chosen
 * @param decode time from then to the end
 */
public record GenerationResult(
        List<GeneratedSequence> sequences,
        int promptTokensComputed,
        int promptTokensReused,
        int draftTokensProposed,
        int draftTokensAccepted,
        Duration queued,
        Duration prefill,
        Duration decode) {
    /** Copies the list. */
    public GenerationResult {
        sequences = List.copyOf(sequences);
    }

    /** The first reply. */
    public GeneratedSequence sequence() {
        return sequences.getFirst();
    }

    /** Generated tokens per second after the first, over all sequences; 0 if there was but one. */
    public double tokensPerSecond() {
        int later = sequences.stream()
                .mapToInt(sequence -> Math.max(0, sequence.tokens().length - 1))
                .sum();
        double seconds = decode.toNanos() / 1e9;
        return seconds > 0 ? later / seconds : 0;
    }
}
