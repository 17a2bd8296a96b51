package dev.confab.dialogue;

import dev.confab.dialogue.filter.FilterResult;
import dev.confab.dialogue.guard.GuardContext;
import dev.confab.dialogue.guard.RetryLadder;
import dev.confab.engine.generation.FinishReason;
import dev.confab.engine.generation.GenerationConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The model's attempts at a reply: each makes one or several drafts, which guards and filters judge and rankers put in
 * order, until one may be given. Used once, by one thread.
 */
final class Attempts {
    /** How many of the last turns rankers look at. */
    private static final int RANKED_TURNS = 6;

    private final Replying replying;
    private final Parts parts;
    private final ConversationSettings settings;
    private final Generating generating;
    private final Consumer<String> onText;
    private final TurnTokens tokens;
    private final List<Judged> judged = new ArrayList<>();

    Attempts(
            Replying replying,
            Parts parts,
            ConversationSettings settings,
            Conversation conversation,
            Generating generating,
            Consumer<String> onText) {
        this.replying = replying;
        this.parts = parts;
        this.settings = settings;
        this.generating = generating;
        this.onText = onText;
        tokens = conversation.tokens();
    }

    /** All drafts of all attempts, those that may be given first. */
    List<Judged> judged() {
        return List.copyOf(judged);
    }

    /**
     * The best reply that the model can give.
     *
     * @param path the turns that may be shown of the branch that is replied to
     * @return one that may be given; or one that a filter has a substitute for; empty if there is neither
     */
    Optional<Judged> best(List<Turn> path, GuardContext context, BooleanSupplier cancelled) {
        boolean formerReplies = !context.formerReplies().isEmpty();
        for (int attempt = 0; attempt < RetryLadder.ATTEMPTS; attempt++) {
            GenerationConfig config = RetryLadder.settings(base(formerReplies), attempt);
            List<Turn> shown = RetryLadder.forgetsHistory(attempt) ? path.subList(path.size() - 1, path.size()) : path;
            var live = new LiveText(
                    parts.model().tokenizer(),
                    tokens::reply,
                    text -> showsWhileMade() ? parts.guards().certain(text, context) : 0,
                    onText);
            List<Judged> ranked =
                    attempt(shown, seeded(config, path.size(), attempt, context), live, context, cancelled);
            judged.addAll(0, ranked);
            Judged first = ranked.getFirst();
            if (first.accepted()) {
                live.finish(first.text());
                return Optional.of(first);
            }
            Optional<Judged> substitute = ranked.stream()
                    .filter(reply -> !reply.substitute().isEmpty())
                    .findFirst();
            if (substitute.isPresent()) {
                return substitute;
            }
            replying.note(Intervention.Stage.GUARD, Intervention.Action.RETRIED, first.rejection());
        }
        return Optional.empty();
    }

    private List<Judged> attempt(
            List<Turn> shown, GenerationConfig config, LiveText live, GuardContext context, BooleanSupplier cancelled) {
        Room room = Room.of(config, parts.model().config().positions());
        var prompt = new Prompt(tokens, settings.persona().orElse(null), parts.memory(), room.promptTokens());
        List<Draft> drafts = generating.drafts(prompt.of(shown), room.config(), live, parts.guards()::hopeless);
        List<Judged> replies = drafts.stream()
                .map(draft -> judge(draft, live, context, cancelled))
                .toList();
        List<String> said = shown.stream().map(Turn::text).toList();
        return Choosing.ranked(
                parts.ranking(),
                said.subList(Math.max(0, said.size() - RANKED_TURNS), said.size()),
                replies,
                (ranker, cause) -> replying.failed(Incident.Part.RANKER, "ranker '" + ranker + "' failed", cause));
    }

    private Judged judge(Draft draft, LiveText live, GuardContext context, BooleanSupplier cancelled) {
        if (draft.finishReason() == FinishReason.CANCELLED && cancelled.getAsBoolean()) {
            return filtered(draft, draft.text());
        }
        Optional<String> objection = parts.guards().objection(draft.text(), context);
        if (objection.isEmpty()) {
            return filtered(draft, draft.text());
        }
        if (live.shown() > 0) {
            replying.note(Intervention.Stage.GUARD, Intervention.Action.SHORTENED, objection.get());
            return new Judged(draft, draft.text().substring(0, live.shown()), "", "");
        }
        return new Judged(draft, draft.text(), objection.get(), "");
    }

    private Judged filtered(Draft draft, String text) {
        FilterResult result = replying.checked(parts.outputFilter(), text, Intervention.Stage.OUTPUT);
        return switch (result) {
            case FilterResult.Passed() -> new Judged(draft, text, "", "");
            case FilterResult.Masked(String masked, String reason) -> {
                replying.note(Intervention.Stage.OUTPUT, Intervention.Action.MASKED, reason);
                yield new Judged(draft, masked, "", "");
            }
            case FilterResult.Replaced(String reply, String reason) -> new Judged(draft, text, reason, reply);
            case FilterResult.Refused(String reply, String reason) -> new Judged(draft, text, reason, reply);
            case FilterResult.Retry(String reason) -> new Judged(draft, text, reason, "");
        };
    }

    /** A reply is shown while it is made if nothing that comes later can take any of it back. */
    private boolean showsWhileMade() {
        return settings.candidates() == 1 && parts.outputFilter() == null;
    }

    /** Several candidates, and replies that shall differ from former ones, have to be drawn. */
    private GenerationConfig base(boolean another) {
        GenerationConfig config = settings.generation();
        if (settings.candidates() > 1) {
            return RetryLadder.drawn(config).toBuilder()
                    .numReturnSequences(settings.candidates())
                    .outputScores(true)
                    .build();
        }
        return another ? RetryLadder.drawn(config) : config;
    }

    /**
     * A seed fixes a conversation and not each of its turns, or the same question would get the same reply. Settings that
     * draw nothing give the same replies every time, so what attempts draw for them is the same too.
     */
    private GenerationConfig seeded(GenerationConfig config, int turn, int attempt, GuardContext context) {
        Long seed = config.seed();
        if (seed == null && (settings.generation().doSample() || !config.doSample())) {
            return config;
        }
        long own = (seed == null ? 0 : seed)
                + 1_000_003L * turn
                + 10_007L * context.formerReplies().size()
                + 101L * attempt;
        return config.toBuilder().seed(own).build();
    }
}
