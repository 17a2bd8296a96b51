package dev.confab.evaluation;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how well a model predicts dialogues, in the form that DialoGPT reads them: every turn followed by the
 * end-of-text token. What is longer than the model is cut between turns.
 *
 * <p>Belongs to one thread; must be closed.
 *
 * <pre>{@code
 * try (var perplexity = new DialoguePerplexity(model, ScoredTurns.ALL)) {
 *     DialogueFile.forEach(file, perplexity::add);
 *     System.out.println(perplexity.result().perplexity());
 * }
 * }</pre>
 */
public final class DialoguePerplexity implements AutoCloseable {
    private final Tokenizer tokenizer;
    private final int positions;
    private final ScoredTurns scored;
    private final LossMeter meter;
    private long shortened;

    /**
     * Begins to measure.
     *
     * @param model stays the caller's to close
     * @param scored which turns the model has to predict
     */
    public DialoguePerplexity(LanguageModel model, ScoredTurns scored) {
        this.tokenizer = model.tokenizer();
        this.positions = model.config().positions();
        this.scored = scored;
        this.meter = new LossMeter(model.model());
    }

    /**
     * Adds a dialogue; one of which no token is to be predicted adds nothing.
     *
     * @param turns at least one
     */
    public void add(List<String> turns) {
        List<int[]> encoded = new ArrayList<>();
        for (String turn : turns) {
            int[] tokens = tokenizer.encode(turn + tokenizer.eosToken());
            shortened += tokens.length > positions ? 1 : 0;
            encoded.add(tokens);
        }
        TokenRow.cut(encoded, scored.firstToken(encoded), positions).forEach(meter::add);
    }

    /** How many turns were longer than the model by themselves, so that their ends were left out. */
    public long shortenedTurns() {
        return shortened;
    }

    /**
     * The perplexity of all that was added.
     *
     * @throws ConfabException if no token was predicted
     */
    public Perplexity result() {
        meter.finish();
        if (meter.tokens() == 0) {
            throw new ConfabException("there is no token to predict: no dialogue has a turn that is to be scored");
        }
        return new Perplexity(meter.sum() / meter.tokens(), meter.tokens());
    }

    @Override
    public void close() {
        meter.close();
    }
}
