package dev.confab.dialogue.skill;

import dev.confab.dialogue.resource.Resource;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A unit of measurement. A value in it, times its size, plus its zero, is a value in the base unit of its dimension.
 *
 * @param dimension what it measures
 * @param size one such unit in base units
 * @param zero zero in base units, which matters for temperatures
 * @param singular its name
 * @param plural its name for several
 */
record Unit(String dimension, BigDecimal size, BigDecimal zero, String singular, String plural) {
    private static final MathContext PRECISION = MathContext.DECIMAL128;
    /** A few less than the precision has, so that what is nothing but rounding is rounded away. */
    private static final int DECIMALS = 24;

    private static final Map<String, Unit> UNITS = read();

    /** A unit by any of its names. */
    static Optional<Unit> of(String name) {
        String key = name.toLowerCase(Locale.ROOT).strip();
        return Optional.ofNullable(UNITS.get(key));
    }

    /** Turns a value in this unit into one in another unit of the same dimension. */
    BigDecimal convert(BigDecimal value, Unit to) {
        return value.multiply(size)
                .add(zero)
                .subtract(to.zero)
                .divide(to.size, PRECISION)
                .setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    /** The name for a number of such units. */
    String name(BigDecimal count) {
        return count.compareTo(BigDecimal.ONE) == 0 ? singular : plural;
    }

    private static Map<String, Unit> read() {
        Map<String, Unit> units = new HashMap<>();
        for (String line : Resource.lines(Unit.class, "units.txt")) {
            String[] cells = line.split(" \\| ", -1);
            String[] names = cells[3].split(", ", -1);
            var unit = new Unit(cells[0], number(cells[1]), number(cells[2]), names[0], names[1]);
            for (String name : names) {
                units.put(name.toLowerCase(Locale.ROOT), unit);
            }
        }
        return units;
    }

    /** A number, or a fraction or product of several. */
    private static BigDecimal number(String text) {
        BigDecimal value = BigDecimal.ONE;
        for (String factor : text.split("(?=[*/])", -1)) {
            value = switch (factor.charAt(0)) {
                case '*' -> value.multiply(new BigDecimal(factor.substring(1)), PRECISION);
                case '/' -> value.divide(new BigDecimal(factor.substring(1)), PRECISION);
                default -> new BigDecimal(factor);
            };
        }
        return value;
    }
}
