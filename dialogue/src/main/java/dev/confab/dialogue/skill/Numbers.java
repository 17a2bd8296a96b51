package dev.confab.dialogue.skill;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Optional;

/** Numbers as people write them in their country. */
final class Numbers {
    private static final BigDecimal LARGE = new BigDecimal("1e15");
    private static final BigDecimal SMALL = new BigDecimal("1e-6");
    private static final int MOST_DECIMALS = 15;

    private Numbers() {}

    /** A number in digits that Java reads, from digits with the signs for decimals and thousands of a country. */
    static String plain(String digits, Locale locale) {
        char decimal = DecimalFormatSymbols.getInstance(locale).getDecimalSeparator();
        return decimal == ',' && !digits.matches(".*\\d\\.\\d{1,2}(\\D.*)?")
                ? digits.replaceAll("(?<=\\d)[.' ](?=\\d{3}(?!\\d))", "").replaceAll("(?<=\\d),(?=\\d)", ".")
                : digits.replaceAll("(?<=\\d)[,'](?=\\d{3}(?!\\d))", "");
    }

    /** Reads a number, {@code a} and {@code one} included. */
    static Optional<BigDecimal> parse(String text, Locale locale) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "a", "an", "one" -> Optional.of(BigDecimal.ONE);
            case "half a", "half an" -> Optional.of(new BigDecimal("0.5"));
            default -> decimal(plain(text, locale));
        };
    }

    private static Optional<BigDecimal> decimal(String digits) {
        try {
            return Optional.of(new BigDecimal(digits));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A number rounded to some digits, with the signs of a country; powers of ten where it is very large or small. */
    static String format(BigDecimal number, int digits, Locale locale) {
        BigDecimal rounded = number.round(new MathContext(digits, RoundingMode.HALF_UP));
        BigDecimal size = rounded.abs();
        if (size.signum() != 0 && (size.compareTo(LARGE) >= 0 || size.compareTo(SMALL) < 0)) {
            return "%s × 10^%d"
                    .formatted(
                            format(rounded.scaleByPowerOfTen(-exponent(rounded)), digits, locale), exponent(rounded));
        }
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(MOST_DECIMALS);
        return format.format(rounded).replace('\u202F', ' ').replace('\u00A0', ' ');
    }

    private static int exponent(BigDecimal number) {
        return number.precision() - number.scale() - 1;
    }
}
