package dev.confab.dialogue;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.FinishReason;
import dev.confab.engine.generation.GeneratedSequence;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationRequest;
import dev.confab.engine.generation.GenerationResult;
import dev.confab.engine.generation.Session;
import dev.confab.engine.tokenizer.DecodeOption;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The making of one reply, from what was said to what is answered. Used once, by one thread. */
final class Replying {
    private final Chatbot bot;
    private final Parts parts;
    private final Conversation conversation;
    private final Session session;
    private final TurnTokens tokens;
    private final Transcript transcript;
    private final BooleanSupplier cancelled;
    private final Consumer<String> onText;
    private final List<Intervention> interventions = new ArrayList<>();
    private Effort effort = Effort.NONE;

    /**
     * The making of a reply.
     *
     * @param transcript up to the turn that is replied to
     */
    Replying(
            Chatbot bot,
            Conversation conversation,
            Session session,
            TurnTokens tokens,
            Transcript transcript,
            BooleanSupplier cancelled,
            Consumer<String> onText) {
        this.bot = bot;
        parts = bot.parts();
        this.conversation = conversation;
        this.session = session;
        this.tokens = tokens;
        this.transcript = transcript;
        this.cancelled = cancelled;
        this.onText = part -> hand(part, onText);
    }

    Reply run() {
        try {
            return fromModel();
        } catch (ListenerFailed e) {
            throw e.failure;
        } catch (RuntimeException e) {
            if (bot.closed()) {
                throw new IllegalStateException("the chatbot was closed while it replied", e);
            }
            failed(Incident.Part.MODEL, e);
            return fallback(Fallbacks.Kind.FAILURE);
        }
    }

    private Reply fromModel() {
        Room room = Room.of(
                seeded(conversation.generationConfig()), parts.model().config().positions());
        Prompt prompt = Prompt.of(transcript.path(), List.of(), tokens, parts.memory(), room.promptTokens());
        var live = new LiveText(parts.model().tokenizer(), String::length, onText);
        GenerationResult result = generate(prompt.tokens(), room.config(), live);
        GeneratedSequence sequence = result.sequence();
        String text = parts.model().tokenizer().decode(sequence.tokens(), DecodeOption.SKIP_SPECIAL_TOKENS);
        live.finish(text);
        return new Reply(
                turn(text, ReplySource.MODEL, tokens.details(text, sequence.tokens())),
                ReplySource.MODEL,
                sequence.finishReason(),
                sequence.tokens().length,
                List.of(),
                interventions,
                effort);
    }

    /** Generates; if that fails and silent conversations hold memory, tries again without them. */
    private GenerationResult generate(int[] prompt, GenerationConfig config, LiveText live) {
        GenerationRequest request = GenerationRequest.of(prompt, config)
                .withCancellation(cancelled)
                .withListener((sequence, token) -> {
                    if (sequence == 0) {
                        live.next(token);
                    }
                });
        GenerationResult result;
        try {
            result = session.generate(request);
        } catch (ConfabException e) {
            if (!live.untouched() || !bot.sessions().dropAll()) {
                throw e;
            }
            result = session.generate(request);
        }
        effort = effort.plus(result);
        return result;
    }

    /** A seed fixes the whole conversation and not each turn of it, or the same question would get the same reply. */
    private GenerationConfig seeded(GenerationConfig config) {
        Long seed = config.seed();
        return seed == null
                ? config
                : config.toBuilder()
                        .seed(seed + 1_000_003L * transcript.nextId())
                        .build();
    }

    private Reply fallback(Fallbacks.Kind kind) {
        String previous = transcript.latest(Speaker.CHATBOT).map(Turn::text).orElse("");
        String text = parts.fallbacks().pick(kind, transcript.nextId(), previous);
        onText.accept(text);
        return new Reply(
                turn(text, ReplySource.FALLBACK, Map.of()),
                ReplySource.FALLBACK,
                FinishReason.STOP,
                0,
                List.of(),
                interventions,
                effort);
    }

    private Turn turn(String text, ReplySource source, Map<String, String> more) {
        Map<String, String> details = new TreeMap<>(more);
        details.put(TurnDetail.SOURCE, source.text());
        return transcript.next(Speaker.CHATBOT, text, parts.clock().instant(), details);
    }

    private void failed(Incident.Part part, RuntimeException cause) {
        String message = String.valueOf(cause.getMessage());
        interventions.add(new Intervention(
                Intervention.Stage.FAILURE, Intervention.Action.REPLACED, part + " failed: " + message));
        parts.report(conversation.id(), part, message, cause);
    }

    private static void hand(String part, Consumer<String> onText) {
        if (part.isEmpty()) {
            return;
        }
        try {
            onText.accept(part);
        } catch (RuntimeException e) {
            throw new ListenerFailed(e);
        }
    }

    /** Who was told of the text has failed, which is none of the chatbot's failures. */
    private static final class ListenerFailed extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final RuntimeException failure;

        ListenerFailed(RuntimeException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
