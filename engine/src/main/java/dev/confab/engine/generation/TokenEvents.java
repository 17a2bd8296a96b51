package dev.confab.engine.generation;

import java.util.Arrays;

/**
 * Carries tokens from the thread that computes to the thread that listens, so that a slow listener holds up nobody. It
 * can hold no more than a reply has tokens.
 */
final class TokenEvents implements GenerationListener {
    private final GenerationListener listener;
    private final boolean silent;
    /** Sequence, token and the bits of its log-probability, one after the other. */
    private int[] incoming = new int[24];

    private int[] outgoing = new int[24];
    private int count;

    TokenEvents(GenerationListener listener) {
        this.listener = listener;
        this.silent = listener.equals(GenerationListener.NONE);
    }

    @Override
    public void onToken(int sequence, int token) {
        onToken(sequence, token, Float.NaN);
    }

    @Override
    public synchronized void onToken(int sequence, int token, float logProbability) {
        if (silent) {
            return;
        }
        if (count == incoming.length) {
            incoming = Arrays.copyOf(incoming, 2 * count);
        }
        incoming[count++] = sequence;
        incoming[count++] = token;
        incoming[count++] = Float.floatToRawIntBits(logProbability);
    }

    synchronized boolean pending() {
        return count > 0;
    }

    /** Tells the listener of all tokens that have come; for the listening thread alone. */
    void deliver() {
        int taken = take();
        for (int i = 0; i < taken; i += 3) {
            listener.onToken(outgoing[i], outgoing[i + 1], Float.intBitsToFloat(outgoing[i + 2]));
        }
    }

    private synchronized int take() {
        int[] filled = incoming;
        incoming = outgoing;
        outgoing = filled;
        int taken = count;
        count = 0;
        return taken;
    }

    /** Tells the listener of a place in line. */
    void deliverPlace(int place) {
        listener.onWaiting(place);
    }
}
