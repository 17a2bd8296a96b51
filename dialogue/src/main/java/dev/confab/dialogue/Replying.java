package dev.confab.dialogue;

import dev.confab.dialogue.filter.FilterResult;
import dev.confab.dialogue.filter.TextFilter;
import dev.confab.dialogue.guard.GuardContext;
import dev.confab.dialogue.skill.SkillAnswer;
import dev.confab.dialogue.skill.SkillContext;
import dev.confab.engine.generation.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The making of one reply, from what was said to what is answered: input filter, skills, persona, model, fallback. Used once, by
 * one thread.
 */
final class Replying {
    private static final int REMEMBERED_REPLIES = 10;

    private final Chatbot bot;
    private final Parts parts;
    private final Conversation conversation;
    private final ConversationSettings settings;
    private final BooleanSupplier cancelled;
    private final HandedText onText;
    private final List<Intervention> interventions = new ArrayList<>();
    private List<Judged> judged = List.of();
    private Effort effort = Effort.NONE;
    private Transcript transcript;

    /**
     * The making of a reply.
     *
     * @param transcript up to where the person speaks, or up to the turn that is replied to
     */
    Replying(
            Conversation conversation,
            Chatbot bot,
            ConversationSettings settings,
            Transcript transcript,
            BooleanSupplier cancelled,
            Consumer<String> onText) {
        this.conversation = conversation;
        this.bot = bot;
        this.settings = settings;
        this.transcript = transcript;
        this.cancelled = cancelled;
        this.onText = new HandedText(onText);
        parts = bot.parts();
    }

    /** The transcript up to the turn that was replied to, as filters left it. */
    Transcript transcript() {
        return transcript;
    }

    /** Hears what the person says, and replies. */
    Reply say(String text) {
        return guarded(() -> {
            FilterResult heard = checked(parts.inputFilter(), text, Intervention.Stage.INPUT);
            return switch (heard) {
                case FilterResult.Passed() -> respond(text);
                case FilterResult.Masked(String masked, String reason) -> {
                    note(Intervention.Stage.INPUT, Intervention.Action.MASKED, reason);
                    yield respond(masked);
                }
                case FilterResult.Replaced(String reply, String reason) -> {
                    note(Intervention.Stage.INPUT, Intervention.Action.REPLACED, reason);
                    hear(text, Map.of());
                    yield fixed(reply, ReplySource.FILTER, Map.of());
                }
                case FilterResult.Refused(String reply, String reason) -> withheld(reply, ReplySource.FILTER, reason);
                case FilterResult.Retry(String reason) ->
                    withheld(fallback(Fallbacks.Kind.FAILURE), ReplySource.FALLBACK, reason);
            };
        });
    }

    /** Replies to the last turn of the transcript. */
    Reply again() {
        return guarded(() -> respondTo(transcript.turn(transcript.current()).text()));
    }

    /** Whatever fails within, there is a reply. */
    private Reply guarded(Supplier<Reply> attempt) {
        Transcript before = transcript;
        try {
            return attempt.get();
        } catch (HandedText.ListenerFailed e) {
            throw e.failure();
        } catch (RuntimeException e) {
            if (bot.closed()) {
                throw new IllegalStateException("the chatbot was closed while it replied", e);
            }
            failed(Incident.Part.MODEL, "no reply could be made", e);
            if (transcript.current() == before.current() && !endsWithUser()) {
                hear("", Map.of(TurnDetail.WITHHELD, "a failure"));
            }
            if (!onText.isEmpty()) {
                return reply(onText.toString(), ReplySource.MODEL, Map.of(), FinishReason.STOP, 0);
            }
            return fixed(fallback(Fallbacks.Kind.FAILURE), ReplySource.FALLBACK, Map.of());
        }
    }

    private boolean endsWithUser() {
        return transcript.current() != 0
                && transcript.turn(transcript.current()).isUser();
    }

    private Reply respond(String said) {
        hear(said, recalled(said));
        return respondTo(said);
    }

    /** Which earlier turns come back with this one; without them, if they cannot be searched. */
    private Map<String, String> recalled(String said) {
        int most = parts.memory().recalledTurns();
        if (most == 0) {
            return Map.of();
        }
        try {
            Room room = Room.of(settings.generation(), parts.model().config().positions());
            var prompt = new Prompt(
                    conversation.tokens(), settings.persona().orElse(null), parts.memory(), room.promptTokens());
            List<Turn> turns = Prompt.visible(transcript.path());
            return conversation.recall().details(turns.subList(0, prompt.firstShown(turns)), said, most);
        } catch (RuntimeException e) {
            failed(Incident.Part.MEMORY, "earlier turns could not be searched", e);
            return Map.of();
        }
    }

    private Reply respondTo(String said) {
        var place = new SkillContext(settings.zone(), settings.locale(), conversation.id(), parts.clock());
        Optional<SkillAnswer> answer = parts.skills().answer(said, place);
        if (answer.isPresent()) {
            return fromSkill(answer.get());
        }
        Optional<String> own = ownWords(said);
        if (own.isPresent()) {
            return told(own.get(), ReplySource.PERSONA, Map.of());
        }
        var session = bot.sessions().take(conversation);
        try {
            var generating = new Generating(bot, session, conversation.tokens(), cancelled);
            try {
                return fromModel(said, generating);
            } finally {
                effort = generating.effort();
            }
        } finally {
            bot.sessions().giveBack(conversation, session);
        }
    }

    private Reply fromSkill(SkillAnswer answer) {
        Map<String, String> details = Map.of(TurnDetail.SKILL, answer.skill());
        if (answer.failed()) {
            failed(Incident.Part.SKILL, "skill '" + answer.skill() + "' failed", null);
        }
        return told(answer.text(), ReplySource.SKILL, details);
    }

    /** What the persona says itself: something new if there is, the same as before if not, and never a former reply again. */
    private Optional<String> ownWords(String said) {
        GuardContext context = guardContext(said);
        List<String> fitting = settings.persona().stream()
                .flatMap(persona -> persona.ownWords(said).stream())
                .filter(reply -> !context.formerReplies().contains(reply))
                .toList();
        return fitting.stream()
                .filter(reply -> !context.ownReplies().contains(reply))
                .findFirst()
                .or(() -> fitting.stream().findFirst());
    }

    /** A reply that is there already, as far as the filter lets it through. */
    private Reply told(String text, ReplySource source, Map<String, String> details) {
        FilterResult result = checked(parts.outputFilter(), text, Intervention.Stage.OUTPUT);
        return switch (result) {
            case FilterResult.Passed() -> fixed(text, source, details);
            case FilterResult.Masked(String masked, String reason) -> {
                note(Intervention.Stage.OUTPUT, Intervention.Action.MASKED, reason);
                yield fixed(masked, source, details);
            }
            case FilterResult.Replaced(String reply, String reason) -> replaced(reply, reason);
            case FilterResult.Refused(String reply, String reason) -> replaced(reply, reason);
            case FilterResult.Retry(String reason) -> {
                note(Intervention.Stage.OUTPUT, Intervention.Action.REPLACED, reason);
                yield fixed(fallback(Fallbacks.Kind.QUESTION), ReplySource.FALLBACK, Map.of());
            }
        };
    }

    private Reply replaced(String reply, String reason) {
        note(Intervention.Stage.OUTPUT, Intervention.Action.REPLACED, reason);
        return fixed(reply, ReplySource.FILTER, Map.of());
    }

    private Reply fromModel(String said, Generating generating) {
        var attempts = new Attempts(this, parts, settings, conversation, generating, onText);
        Optional<Judged> chosen = attempts.best(Prompt.visible(transcript.path()), guardContext(said), cancelled);
        effort = generating.effort();
        judged = attempts.judged();
        if (chosen.isEmpty()) {
            note(Intervention.Stage.GUARD, Intervention.Action.REPLACED, "no attempt gave a reply that may be given");
            return fixed(fallback(Fallbacks.Kind.of(said)), ReplySource.FALLBACK, Map.of());
        }
        Judged best = chosen.get();
        if (!best.accepted()) {
            note(Intervention.Stage.OUTPUT, Intervention.Action.REPLACED, best.rejection());
            return fixed(best.substitute(), ReplySource.FILTER, Map.of());
        }
        Draft draft = best.draft();
        Map<String, String> details = best.text().equals(draft.text())
                ? conversation.tokens().details(draft.text(), draft.tokens())
                : Map.of();
        return reply(best.text(), ReplySource.MODEL, details, draft.finishReason(), draft.tokens().length);
    }

    private GuardContext guardContext(String said) {
        List<String> own = transcript.path().reversed().stream()
                .filter(turn -> !turn.isUser())
                .limit(REMEMBERED_REPLIES)
                .map(Turn::text)
                .toList();
        return new GuardContext(said, own, formerReplies());
    }

    private List<String> formerReplies() {
        int repliedTo = transcript.current();
        return transcript.turns().stream()
                .filter(turn -> turn.parent() == repliedTo && repliedTo != 0)
                .map(Turn::text)
                .toList();
    }

    /** What a filter makes of a text; one that fails lets nothing pass. */
    FilterResult checked(@Nullable TextFilter filter, String text, Intervention.Stage stage) {
        if (filter == null) {
            return FilterResult.passed();
        }
        try {
            return filter.check(text);
        } catch (RuntimeException e) {
            failed(Incident.Part.FILTER, "the filter on " + stage + " failed", e);
            return new FilterResult.Retry("the filter failed");
        }
    }

    void note(Intervention.Stage stage, Intervention.Action action, String reason) {
        interventions.add(new Intervention(stage, action, reason));
    }

    void failed(Incident.Part part, String what, @Nullable RuntimeException cause) {
        String message = cause == null ? what : what + ": " + cause.getMessage();
        note(Intervention.Stage.FAILURE, Intervention.Action.REPLACED, message);
        parts.report(conversation.id(), part, message, cause);
    }

    private Reply withheld(String reply, ReplySource source, String reason) {
        note(Intervention.Stage.INPUT, Intervention.Action.REFUSED, reason);
        hear("", Map.of(TurnDetail.WITHHELD, reason));
        return fixed(reply, source, Map.of(TurnDetail.WITHHELD, reason));
    }

    private void hear(String text, Map<String, String> details) {
        transcript = transcript.with(
                transcript.next(Speaker.USER, text, parts.clock().instant(), details));
    }

    private String fallback(Fallbacks.Kind kind) {
        String previous = transcript.latest(Speaker.CHATBOT).map(Turn::text).orElse("");
        return parts.fallbacks().pick(kind, transcript.nextId() / 2, previous);
    }

    private Reply fixed(String text, ReplySource source, Map<String, String> details) {
        onText.accept(text);
        return reply(text, source, details, FinishReason.STOP, 0);
    }

    private Reply reply(
            String text, ReplySource source, Map<String, String> details, FinishReason finishReason, int tokens) {
        Map<String, String> all = new TreeMap<>(details);
        all.put(TurnDetail.SOURCE, source.text());
        return new Reply(
                transcript.next(Speaker.CHATBOT, text, parts.clock().instant(), all),
                source,
                finishReason,
                tokens,
                judged.stream().map(Judged::candidate).toList(),
                interventions,
                effort);
    }
}
