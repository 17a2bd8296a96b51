package dev.confab.dialogue;

import dev.confab.engine.generation.FinishReason;
import java.time.Duration;
import java.util.List;

/**
 * What the chatbot said, and how it came to say it.
 *
 * @param turn the turn that it is in the conversation
 * @param source where it comes from
 * @param finishReason why it ended where it ended
 * @param tokens how many tokens it has; 0 if it is not the model's
 * @param candidates the replies that it was chosen from, the best first; those that could not be given at the end
 * @param interventions what was filtered, retried, replaced or has failed on the way, in that order
 * @param effort what it cost
 */
public record Reply(
        Turn turn,
        ReplySource source,
        FinishReason finishReason,
        int tokens,
        List<Candidate> candidates,
        List<Intervention> interventions,
        Effort effort) {
    /** Copies the lists. */
    public Reply {
        candidates = List.copyOf(candidates);
        interventions = List.copyOf(interventions);
    }

    /** What the chatbot said; perhaps empty where nothing guards against that. */
    public String text() {
        return turn.text();
    }

    /** How many tokens of the conversation the model saw. */
    public int promptTokens() {
        return effort.promptTokens();
    }

    /** How many of those it still knew from the turn before. */
    public int reusedTokens() {
        return effort.reusedTokens();
    }

    /** The time until its first token. */
    public Duration firstToken() {
        return effort.firstToken();
    }

    /** The time that it took in all. */
    public Duration total() {
        return effort.total();
    }
}
