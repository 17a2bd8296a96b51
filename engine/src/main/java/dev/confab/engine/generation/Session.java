package dev.confab.engine.generation;

/**
 * A conversation with a model: the next prompt usually begins with the last one and its reply, and what they share is
 * not read again.
 *
 * <p>Holds a key-value cache, so it must be closed. When memory becomes short, the caches of the sessions that have been
 * idle for longest are emptied; their next prompt is read anew. Belongs to one thread at a time; any number of sessions of
 * the same generator may work at once, and share their forward passes.
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
     * @throws OverloadedException if too many calls wait already
     */
    public GenerationResult generate(int[] prompt, GenerationConfig config) {
        return generate(GenerationRequest.of(prompt, config));
    }

    /**
     * Continues a prompt and tells the listener of each token.
     *
     * @throws GenerationException if the prompt or an option cannot be used
     * @throws OverloadedException if too many calls wait already
     */
    public GenerationResult generate(int[] prompt, GenerationConfig config, GenerationListener listener) {
        return generate(GenerationRequest.of(prompt, config).withListener(listener));
    }

    /**
     * Serves a request.
     *
     * @throws GenerationException if the prompt or an option cannot be used
     * @throws OverloadedException if too many calls wait already
     */
    public GenerationResult generate(GenerationRequest request) {
        return generator.generate(request, cached);
    }

    /** How many tokens the cache holds. */
    public int cachedTokens() {
        return generator.scheduler().cachedTokens(cached);
    }

    /** Gives the cache's memory back. */
    @Override
    public void close() {
        generator.scheduler().close(cached);
    }
}
