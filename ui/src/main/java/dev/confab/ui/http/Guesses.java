package dev.confab.ui.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down whoever guesses passwords: so many in a minute of one address for one name, and so many of one address for
 * all names. A name alone counts nothing, or anybody could lock its user out. Usable from any thread.
 */
final class Guesses {
    private static final int MOST_FOR_A_NAME = 10;
    /** More, as many people may share an address. */
    private static final int MOST_OF_AN_ADDRESS = 60;

    private static final int REMEMBERED = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final LongSupplier clock;
    private final Map<String, Count> counts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Nobody has guessed yet.
     *
     * @param clock in nanoseconds
     */
    Guesses(LongSupplier clock) {
        this.clock = clock;
    }

    private record Count(int guesses, long since) {}

    /**
     * Counts a guess before it is checked, so that many at once are no way around.
     *
     * @return how long to wait; zero if it may be checked
     */
    synchronized Duration take(String address, String name) {
        Duration ofName = wait(pair(address, name), MOST_FOR_A_NAME);
        Duration ofAddress = wait(address, MOST_OF_AN_ADDRESS);
        Duration longer = ofName.compareTo(ofAddress) > 0 ? ofName : ofAddress;
        if (longer.isZero()) {
            add(pair(address, name), 1);
            add(address, 1);
        }
        return longer;
    }

    /** The guess was right, and does not count. */
    synchronized void right(String address, String name) {
        add(pair(address, name), -1);
        add(address, -1);
    }

    private static String pair(String address, String name) {
        return address + " " + name;
    }

    private Duration wait(String key, int most) {
        Count count = count(key);
        return count.guesses() < most
                ? Duration.ZERO
                : Duration.ofNanos(count.since() + WINDOW.toNanos() - clock.getAsLong());
    }

    private void add(String key, int guesses) {
        Count count = count(key);
        counts.put(key, new Count(Math.max(0, count.guesses() + guesses), count.since()));
    }

    private Count count(String key) {
        long now = clock.getAsLong();
        Count known = counts.get(key);
        return known != null && now - known.since() < WINDOW.toNanos() ? known : new Count(0, now);
    }
}
