package dev.confab.server.openai;

import java.util.List;

/** Takes replies part by part; told by the request's own thread. */
interface Sink {
    /** One for who waits for the whole. */
    Sink NONE = new Sink() {
        @Override
        public void text(int choice, String text, List<TokenScore> scores) {}

        @Override
        public void waiting(int place) {}
    };

    /**
     * A part of a reply, never half a character.
     *
     * @param choice which reply
     * @param scores of its tokens, if they are wanted
     */
    void text(int choice, String text, List<TokenScore> scores);

    /** The request waits for others; 1 for the next to begin, 0 once it has begun. */
    void waiting(int place);
}
