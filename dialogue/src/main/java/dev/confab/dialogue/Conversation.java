package dev.confab.dialogue;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GeneratedSequence;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationRequest;
import dev.confab.engine.generation.GenerationResult;
import dev.confab.engine.generation.Session;
import dev.confab.engine.tokenizer.DecodeOption;
import dev.confab.engine.tokenizer.EncodeOptions;
import dev.confab.engine.tokenizer.StreamingDecoder;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.function.Consumer;

/**
 * A conversation between one person and a {@link Chatbot}. It remembers as much of what was said as the model has room
 * for, and forgets whole turns, the oldest first: it never becomes too long.
 *
 * <p>What the model has read stays in its cache of keys and values, so that a turn costs only what is new. Takes one turn
 * at a time; calls from several threads wait for each other, but {@link #cancel} works at once.
 */
public final class Conversation implements AutoCloseable {
    /** How many tokens are kept free for a reply where nothing says how long it may become. */
    private static final int ROOM_FOR_REPLY = 64;

    private final Tokenizer tokenizer;
    private final EncodeOptions plainText;
    private final Session session;
    private final GenerationConfig config;
    private final int promptLimit;
    private final History history;
    private volatile boolean cancelled;

    Conversation(LanguageModel model, GenerationConfig config) {
        tokenizer = model.tokenizer();
        plainText = tokenizer.encodeOptions().withSplitSpecialTokens(true);
        session = model.newSession();
        history = new History(tokenizer.eosTokenId());
        int positions = model.config().positions();
        Integer maxNewTokens = config.maxNewTokens();
        if (maxNewTokens == null) {
            int limit = Math.clamp(config.maxLength(), 2, positions);
            this.config = config.toBuilder().maxLength(limit).build();
            promptLimit = limit - Math.clamp(limit / 4, 1, ROOM_FOR_REPLY);
        } else {
            this.config = config;
            promptLimit = Math.max(1, positions - Math.min(maxNewTokens, positions / 2));
        }
    }

    /**
     * Says something and returns the reply.
     *
     * @throws dev.confab.engine.error.ConfabException if a setting makes it impossible to reply
     */
    public Reply say(String text) {
        return say(text, part -> {});
    }

    /**
     * Says something, hands out the reply while it is being made, and returns it. If the reply is cancelled, what there
     * is of it belongs to the conversation; if it fails, it is as if nothing had been said.
     *
     * @param text what is said; a token such as {@code <|endoftext|>} in it is text like any other
     * @param onText gets each part of the reply as soon as it is final, never half a character, by the calling thread
     * @throws dev.confab.engine.error.ConfabException if a setting makes it impossible to reply
     */
    public synchronized Reply say(String text, Consumer<String> onText) {
        cancelled = false;
        history.add(tokenizer.encode(text, plainText));
        boolean replied = false;
        try {
            Reply reply = reply(history.prompt(promptLimit), onText);
            replied = true;
            return reply;
        } finally {
            if (!replied) {
                history.removeLast();
            }
        }
    }

    /** Ends the reply that is being made, if one is. */
    public void cancel() {
        cancelled = true;
    }

    /** Forgets all that was said. */
    public synchronized void reset() {
        history.clear();
    }

    /** Gives the memory of the conversation's cache back; nothing can be said any more. */
    @Override
    public synchronized void close() {
        session.close();
    }

    private Reply reply(int[] prompt, Consumer<String> onText) {
        StreamingDecoder decoder = tokenizer.newStreamingDecoder(DecodeOption.SKIP_SPECIAL_TOKENS);
        GenerationResult result = session.generate(GenerationRequest.of(prompt, config)
                .withCancellation(() -> cancelled)
                .withListener((sequence, token) -> {
                    if (sequence == 0) {
                        give(decoder.next(token), onText);
                    }
                }));
        give(decoder.finish(), onText);
        GeneratedSequence sequence = result.sequence();
        int[] tokens = sequence.tokens();
        history.add(tokens);
        return new Reply(
                tokenizer.decode(tokens, DecodeOption.SKIP_SPECIAL_TOKENS),
                sequence.finishReason(),
                tokens.length,
                prompt.length,
                result.promptTokensReused(),
                result.prefill(),
                result.prefill().plus(result.decode()));
    }

    private static void give(String text, Consumer<String> onText) {
        if (!text.isEmpty()) {
            onText.accept(text);
        }
    }
}
