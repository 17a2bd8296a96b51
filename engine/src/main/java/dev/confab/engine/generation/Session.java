package dev.confab.engine.generation;

import java.util.List;

/**
 * A conversation with a model: the next prompt usually begins with the last one and its reply, and what they share is
 * not read again.
 *
 * <p>Holds a key-value cache, so it must be closed. Belongs to one thread at a time; any number of sessions of the same
 * generator may work at once.
 *
 * <pre>{@code
 * try (Session session = generator.newSession()) {
 *     GenerationResult first = session.generate(prompt, config);
 *     GenerationResult second = session.generate(promptReplyAndNextTurn, config); // reads only the next turn
 * }
 * }</pre>
 */
public final class Session implements AutoCloseable {
    private final Generator generator;
    private final CachedTokens cached;

    Session(Generator generator) {
        this.generator = generator;
        this.cached = new CachedTokens(generator.model());
    }

    /**
     * Continues a prompt.
     *
     * @throws GenerationException if the prompt or an option cannot be used
     */
    public GenerationResult generate(int[] prompt, GenerationConfig config) {
        return generate(GenerationRequest.of(prompt, config));
    }

    /**
     * Continues a prompt and tells the listener of each token.
     *
     * @throws GenerationException if the prompt or an option cannot be used
     */
    public GenerationResult generate(int[] prompt, GenerationConfig config, GenerationListener listener) {
        return generate(GenerationRequest.of(prompt, config).withListener(listener));
    }

    /**
     * Serves a request.
     *
     * @throws GenerationException if the prompt or an option cannot be used
     */
    public GenerationResult generate(GenerationRequest request) {
        return generator
                .run(List.of(generator.prepare(request)), List.of(cached))
                .getFirst();
    }

    /** How many tokens the cache holds. */
    public int cachedTokens() {
        return cached.cache().length();
    }

    /** Gives the cache's memory back. */
    @Override
    public void close() {
        cached.close();
    }
}
