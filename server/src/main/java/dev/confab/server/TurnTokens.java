package dev.confab.server;

import dev.confab.dialogue.Chatbot;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.Tokens;
import dev.confab.engine.generation.GenerationConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A conversation as the model reads it: every turn ends with the token that ends a turn. If it is too long, whole turns
 * are forgotten, the oldest first. Usable from any thread.
 */
public final class TurnTokens {
    private final int endOfTurn;
    private final SpokenTurns spoken;
    private final int longest;
    private final int roomForReply;

    /**
     * For a model and what is set for its replies.
     *
     * @param config its greatest lengths are kept
     */
    public TurnTokens(LanguageModel model, GenerationConfig config) {
        endOfTurn = model.tokenizer().eosTokenId();
        spoken = new SpokenTurns(model.tokenizer());
        Integer newTokens = config.maxNewTokens();
        int positions = model.config().positions();
        longest = newTokens == null ? Math.clamp(config.maxLength(), 2, positions) : positions;
        roomForReply = Math.clamp(newTokens == null ? Chatbot.DEFAULT_REPLY_TOKENS : newTokens, 1, longest / 2);
    }

    /** How many tokens a reply may have. */
    public int roomForReply() {
        return roomForReply;
    }

    /**
     * Remembers in which tokens the model said something, so that it is recognised when it is part of a conversation.
     *
     * @param tokens perhaps with the token that ends the turn
     */
    public void remember(String text, int[] tokens) {
        boolean ended = tokens.length > 0 && tokens[tokens.length - 1] == endOfTurn;
        spoken.remember(text, ended ? Arrays.copyOf(tokens, tokens.length - 1) : tokens);
    }

    /**
     * The conversation with room for a reply. A single turn that is too long loses its beginning.
     *
     * @param turns the oldest first, at least one
     * @param replyTokens how many tokens the reply may have
     */
    public int[] prompt(List<String> turns, int replyTokens) {
        int limit = Math.max(1, longest - replyTokens);
        List<int[]> kept = new ArrayList<>();
        int length = 0;
        for (String turn : turns.reversed()) {
            int[] tokens = spoken.encode(turn);
            if (length + tokens.length + 1 > limit && !kept.isEmpty()) {
                break;
            }
            kept.addFirst(Tokens.concat(tokens, new int[] {endOfTurn}));
            length += tokens.length + 1;
        }
        int[] prompt = Tokens.concat(kept.toArray(int[][]::new));
        return prompt.length <= limit ? prompt : Tokens.from(prompt, prompt.length - limit);
    }
}
