package dev.confab.dialogue.skill;

import com.ezylang.evalex.BaseException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.data.EvaluationValue;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Works out sums, in signs or in words: "what is two plus three times four". EvalEx does the arithmetic, with 68 digits.
 *
 * <p>Immutable, usable from any thread.
 */
final class CalculatorSkill implements Skill {
    private static final int DIGITS = 12;
    private static final int LONGEST_EXPRESSION = 200;

    private static final Triggers TRIGGERS = Triggers.of(
            List.of(
                    "(?P<asked>what(?:'s| is| are| does)|how much (?:is|are|does)|calculate|compute|work out|solve|evaluate|the result of)"
                            + " (?P<sum>.+?)(?: equals?| =| make| makes| give)?",
                    "(?P<sum>.+?)(?: ?=)?"),
            List.of());

    /** What a sum may consist of once words are signs: nothing else of the library's language is let through. */
    private static final Pattern SUM =
            Pattern.compile("(?:[0-9.+*/^%() -]|sqrt|sin|cos|tan|log10|log|abs|pi)+", Pattern.CASE_INSENSITIVE);

    private static final Pattern HAS_OPERATION = Pattern.compile("[0-9)i] *[+*/^%-] *[-0-9(a-z]|[a-z]\\(");
    /** A sum that nobody asked to be worked out: "24/7", "9-11" and "555-1234" are none. */
    private static final Pattern UNMISTAKABLE = Pattern.compile("[0-9)] *[+*^] *[-0-9(]|[0-9)] [-/%] [-0-9(]|[a-z]\\(");

    private static final ExpressionConfiguration CONFIGURATION = ExpressionConfiguration.builder()
            .arraysAllowed(false)
            .structuresAllowed(false)
            .stripTrailingZeros(true)
            .locale(Locale.ROOT)
            .build()
            .withAdditionalOperators(Map.entry("^", new BoundedPower()));

    @Override
    public String name() {
        return "calculator";
    }

    @Override
    public Triggers triggers() {
        return TRIGGERS;
    }

    @Override
    public Optional<String> answer(SkillRequest request) {
        Locale locale = request.context().locale();
        String said = request.argument("sum").orElse("");
        String sum = SpokenArithmetic.signs(Numbers.plain(said, locale));
        Pattern needed = request.argument("asked").isPresent() ? HAS_OPERATION : UNMISTAKABLE;
        if (sum.length() > LONGEST_EXPRESSION
                || !SUM.matcher(sum).matches()
                || !needed.matcher(sum).find()) {
            return Optional.empty();
        }
        return workOut(sum, said, locale);
    }

    /** The answer; empty where the signs make no sum. */
    private static Optional<String> workOut(String sum, String said, Locale locale) {
        try {
            EvaluationValue value = new Expression(sum, CONFIGURATION).evaluate();
            return value.isNumberValue() ? Optional.of(tell(said, value.getNumberValue(), locale)) : Optional.empty();
        } catch (BaseException e) {
            boolean byZero = String.valueOf(e.getMessage()).contains("Division by zero");
            return byZero ? Optional.of("I can't divide by zero, and neither can anybody else.") : Optional.empty();
        } catch (ArithmeticException e) {
            return Optional.of("That number is too large for me, I'm afraid.");
        }
    }

    private static String tell(String said, BigDecimal result, Locale locale) {
        String rounded = Numbers.format(result, DIGITS, locale);
        boolean exact = result.stripTrailingZeros().precision() <= DIGITS;
        return "%s is %s%s.".formatted(said, exact ? "" : "about ", rounded);
    }
}
