package dev.confab.dialogue;

import dev.confab.engine.generation.FinishReason;
import dev.confab.engine.generation.GeneratedSequence;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationRequest;
import dev.confab.engine.generation.GenerationResult;
import dev.confab.engine.generation.Session;
import dev.confab.engine.tokenizer.DecodeOption;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Lets the model make replies in one session, and counts what that costs. Belongs to one thread. */
final class Generating {
    private final Chatbot bot;
    private final Session session;
    private final TurnTokens tokens;
    private final BooleanSupplier cancelled;
    private Effort effort = Effort.NONE;

    Generating(Chatbot bot, Session session, TurnTokens tokens, BooleanSupplier cancelled) {
        this.bot = bot;
        this.session = session;
        this.tokens = tokens;
        this.cancelled = cancelled;
    }

    /** What it has cost so far. */
    Effort effort() {
        return effort;
    }

    /**
     * Makes replies.
     *
     * @param live shows the first of them while it is made
     * @param hopeless whether there is no use in making more of it
     * @return one for each sequence that the settings ask for
     */
    List<Draft> drafts(int[] prompt, GenerationConfig config, LiveText live, Predicate<String> hopeless) {
        boolean[] givenUp = {false};
        GenerationRequest request = GenerationRequest.of(prompt, withStops(config))
                .withCancellation(() -> givenUp[0] || cancelled.getAsBoolean())
                .withListener((sequence, token) -> {
                    if (sequence == 0) {
                        live.next(token);
                        givenUp[0] = givenUp[0] || (config.numReturnSequences() == 1 && hopeless.test(live.text()));
                    }
                });
        GenerationResult result = session.generate(request);
        effort = effort.plus(result);
        return result.sequences().stream()
                .map(sequence -> draft(sequence, givenUp[0]))
                .toList();
    }

    private Draft draft(GeneratedSequence sequence, boolean givenUp) {
        String text = bot.model().tokenizer().decode(sequence.tokens(), DecodeOption.SKIP_SPECIAL_TOKENS);
        boolean stopped = givenUp && sequence.finishReason() == FinishReason.CANCELLED;
        return new Draft(tokens.reply(text), sequence, stopped ? FinishReason.STOP : sequence.finishReason());
    }

    private GenerationConfig withStops(GenerationConfig config) {
        List<String> stops = tokens.stopStrings();
        return stops.isEmpty() || config.stopStrings() != null
                ? config
                : config.toBuilder().stopStrings(stops.toArray(String[]::new)).build();
    }
}
