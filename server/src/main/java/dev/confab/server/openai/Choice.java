package dev.confab.server.openai;

import dev.confab.engine.generation.FinishReason;
import dev.confab.engine.tokenizer.DecodeOption;
import dev.confab.engine.tokenizer.StreamingDecoder;
import dev.confab.engine.tokenizer.Tokenizer;
import dev.confab.server.openai.TokenProbabilities.Top;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reply while it grows: its tokens become text up to the first stop text. Belongs to one thread. */
final class Choice {
    private final int index;
    private final Tokenizer tokenizer;
    private final StreamingDecoder decoder;
    private final StopText stop;
    private final Sink sink;
    private final boolean held;
    private final StringBuilder text = new StringBuilder();
    private final List<TokenScore> scores = new ArrayList<>();
    private int decoded;
    private int scoresGiven;
    private @Nullable FinishReason finishReason;
    private boolean filtered;

    /**
     * A reply that has not begun.
     *
     * @param held whether nothing of it may be shown before it is complete: then {@link #release} or {@link #replace} shows
     *     it
     */
    Choice(int index, Tokenizer tokenizer, List<String> stops, Sink sink, boolean held) {
        this.index = index;
        this.tokenizer = tokenizer;
        this.decoder = tokenizer.newStreamingDecoder(DecodeOption.SKIP_SPECIAL_TOKENS);
        this.stop = new StopText(stops);
        this.sink = sink;
        this.held = held;
    }

    int index() {
        return index;
    }

    /** Puts the prompt, which is to be echoed, before the reply. */
    void echo(String prompt, List<TokenScore> promptScores) {
        scores.addAll(promptScores);
        decoded = prompt.length();
        give(prompt);
    }

    /**
     * Adds a token.
     *
     * @param top the likeliest in its place, if they are wanted
     */
    void add(int token, float logProbability, @Nullable Top top) {
        if (top != null && !tokenizer.isSpecial(token)) {
            scores.add(new TokenScore(tokenizer.decode(new int[] {token}), decoded, logProbability, top));
        }
        String part = decoder.next(token);
        decoded += part.length();
        give(stop.add(part));
    }

    /** Ends the reply. */
    void finish(FinishReason reason) {
        finishReason = reason;
        give(stop.add(decoder.finish()));
        if (!stop.stopped()) {
            give(stop.finish());
        }
        scores.removeIf(score -> score.offset() >= text.length());
        if (scoresGiven < scores.size() && !held) {
            sink.text(index, "", newScores());
        }
    }

    private void give(String part) {
        if (!part.isEmpty()) {
            text.append(part);
            if (!held) {
                sink.text(index, part, newScores());
            }
        }
    }

    /** Shows all of a reply that was held. */
    void release() {
        sink.text(index, text(), scores);
    }

    /** Shows something else in place of a reply, of which nothing else may be seen, its tokens included. */
    void replace(String other) {
        filtered = true;
        text.setLength(0);
        text.append(other);
        scores.clear();
        release();
    }

    /** Those of the tokens that begin in what has been given. */
    private List<TokenScore> newScores() {
        int from = scoresGiven;
        while (scoresGiven < scores.size() && scores.get(scoresGiven).offset() < text.length()) {
            scoresGiven++;
        }
        return List.copyOf(scores.subList(from, scoresGiven));
    }

    String text() {
        return text.toString();
    }

    List<TokenScore> scores() {
        return scores;
    }

    /** Why it ended, in OpenAI's words. */
    String finishReason() {
        if (filtered) {
            return "content_filter";
        }
        boolean ended = stop.stopped() || finishReason == FinishReason.EOS || finishReason == FinishReason.STOP;
        return ended ? "stop" : "length";
    }
}
