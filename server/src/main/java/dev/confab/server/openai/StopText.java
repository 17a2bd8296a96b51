package dev.confab.server.openai;

import java.util.List;

/**
 * Text as it may be shown: whatever could be the beginning of a stop text is held back until it is known not to be one,
 * and nothing is shown from a stop text on. Belongs to one thread.
 */
final class StopText {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    StopText(List<String> stops) {
        this.stops = stops;
    }

    /** Adds text, and returns what may be shown now. */
    String add(String text) {
        if (stopped) {
            return "";
        }
        held.append(text);
        int end = firstStop();
        if (end >= 0) {
            stopped = true;
            return take(end);
        }
        return take(held.length() - possibleBeginning());
    }

    /** What was held back, once nothing more comes. */
    String finish() {
        return take(held.length());
    }

    /** Whether a stop text has come. */
    boolean stopped() {
        return stopped;
    }

    private String take(int length) {
        String taken = held.substring(0, length);
        held.delete(0, stopped ? held.length() : length);
        return taken;
    }

    private int firstStop() {
        int first = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        return first;
    }

    /** The length of the longest end of the text that a stop text begins with. */
    private int possibleBeginning() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (stop.startsWith(held.substring(held.length() - length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
