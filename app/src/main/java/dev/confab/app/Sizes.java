package dev.confab.app;

import java.util.Locale;

/** Writes sizes for people, in powers of ten as download pages do. */
final class Sizes {
    private static final long KILO = 1000;

    private Sizes() {}

    /** Such as {@code 863 MB} or {@code 1.8 GB}. */
    static String bytes(long bytes) {
        return scaled(bytes, new String[] {"B", "kB", "MB", "GB", "TB"});
    }

    /** Such as {@code 355 million}. */
    static String count(long count) {
        return scaled(count, new String[] {"", "thousand", "million", "billion", "trillion"})
                .strip();
    }

    private static String scaled(long number, String[] units) {
        double value = number;
        int unit = 0;
        while (value >= KILO && unit < units.length - 1) {
            value /= KILO;
            unit++;
        }
        String digits = unit > 0 && value < 10 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, digits + " %s", value, units[unit]);
    }
}
