package dev.confab.dialogue.skill;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Converts units: "how many miles are 10 kilometers".
 *
 * <p>Immutable, usable from any thread.
 */
final class UnitSkill implements Skill {
    private static final int DIGITS = 6;
    private static final String AMOUNT = "(?P<amount>-?[0-9][0-9.,']*|an?|one|half an?)";
    private static final String UNIT = "[\\pL°\"²³/ -]+?[23]?";

    private static final Triggers TRIGGERS = Triggers.of(
            List.of(
                    "(?:convert |change |turn |what(?:'s| is| are) |how much (?:is|are) )?" + AMOUNT + " ?(?P<from>"
                            + UNIT + ") (?:converted )?(?:to|in|into|as) (?P<to>" + UNIT + ")",
                    "how (?:many|much) (?P<to>" + UNIT
                            + ") (?:(?:are|is|does) )?(?:there )?(?:in |make up |make |are in )?" + AMOUNT
                            + " ?(?P<from>"
                            + UNIT + ")(?: have| equal)?"),
            List.of());

    @Override
    public String name() {
        return "units";
    }

    @Override
    public Triggers triggers() {
        return TRIGGERS;
    }

    @Override
    public Optional<String> answer(SkillRequest request) {
        Locale locale = request.context().locale();
        Optional<Unit> from = request.argument("from").flatMap(Unit::of);
        Optional<Unit> to = request.argument("to").flatMap(Unit::of);
        Optional<BigDecimal> amount = request.argument("amount").flatMap(text -> Numbers.parse(text, locale));
        if (from.isEmpty() || to.isEmpty() || amount.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(tell(amount.get(), from.get(), to.get(), locale));
    }

    private static String tell(BigDecimal amount, Unit from, Unit to, Locale locale) {
        if (!from.dimension().equals(to.dimension())) {
            return "%s measure %s and %s measure %s, so I can't turn one into the other."
                    .formatted(Names.capitalizedFirst(from.plural()), from.dimension(), to.plural(), to.dimension());
        }
        BigDecimal converted = from.convert(amount, to);
        boolean exact = converted.stripTrailingZeros().precision() <= DIGITS;
        return "%s %s is %s%s %s."
                .formatted(
                        Numbers.format(amount, DIGITS, locale),
                        from.name(amount),
                        exact ? "" : "about ",
                        Numbers.format(converted, DIGITS, locale),
                        to.name(converted));
    }
}
