package dev.confab.kernels.onednn;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How fast each path multiplied in one {@link RowClass}.
 *
 * @param gigaflops for each path its billions of operations per second, rounded; {@link #JAVA} stands for the engine's own kernels
 */
record Speeds(Map<String, Double> gigaflops) {
    static final String JAVA = "java";

    Speeds {
        gigaflops = new TreeMap<>(gigaflops);
        // As they are kept, so that a choice is the same now and when it is read again.
        gigaflops.replaceAll((path, speed) -> (double) Math.round(speed));
    }

    /** The fastest path that may be used: empty for the engine's own kernels. */
    Optional<Arithmetic> fastest(List<Arithmetic> allowed) {
        Optional<Arithmetic> best = Optional.empty();
        double most = gigaflops.getOrDefault(JAVA, 0.0);
        for (Arithmetic arithmetic : allowed) {
            double speed = gigaflops.getOrDefault(arithmetic.label(), 0.0);
            if (speed > most) {
                most = speed;
                best = Optional.of(arithmetic);
            }
        }
        return best;
    }

    /** As people read it and {@link #parse} does: {@code int8 310, java 57}. */
    @Override
    public String toString() {
        return gigaflops.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s %.0f", e.getKey(), e.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** What {@link #toString} wrote; empty if it is something else. */
    static Optional<Speeds> parse(String text) {
        Map<String, Double> speeds = new TreeMap<>();
        for (String part : text.split(", ", -1)) {
            String[] words = part.split(" ", -1);
            if (words.length != 2 || !words[1].matches("\\d{1,7}")) {
                return Optional.empty();
            }
            speeds.put(words[0], Double.valueOf(words[1]));
        }
        return speeds.containsKey(JAVA) ? Optional.of(new Speeds(speeds)) : Optional.empty();
    }
}
