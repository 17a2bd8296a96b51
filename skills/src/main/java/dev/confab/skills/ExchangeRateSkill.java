package dev.confab.skills;

import dev.confab.dialogue.skill.Skill;
import dev.confab.dialogue.skill.SkillRequest;
import dev.confab.dialogue.skill.Triggers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URI;
import java.text.NumberFormat;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Converts money by the European Central Bank's reference rates: "convert 50 dollars to euros".
 *
 * <p>Usable from any thread.
 */
final class ExchangeRateSkill implements Skill {
    private static final String AMOUNT = "(?P<amount>[0-9][0-9.,]*|an?|one)";
    private static final String MONEY = "[\\pL. €$£¥]{1,30}?";

    private static final Triggers TRIGGERS = Triggers.of(
            List.of(
                    "(?:convert |change |exchange |how much (?:is|are) |what(?:'s| is| are) )?" + AMOUNT + " ?(?P<from>"
                            + MONEY + ") (?:worth )?(?:to|in|into) (?P<to>" + MONEY + ")",
                    "(?:convert |how much is |what(?:'s| is) )?(?P<from>[€$£¥])(?P<amount>[0-9][0-9.,]*) (?:worth )?(?:to|in|into) (?P<to>"
                            + MONEY + ")",
                    "how many (?P<to>" + MONEY + ") (?:is|are|for|do i get for|are there in|in) " + AMOUNT
                            + " ?(?P<from>" + MONEY + ")",
                    "(?:what(?:'s| is) the )?exchange rate (?:of|from|between) (?:the )?(?P<from>" + MONEY
                            + ") (?:to|and|in) (?:the )?(?P<to>" + MONEY + ")"),
            List.of());

    private final WebService service;
    private final URI rates;

    ExchangeRateSkill(Web web, URI rates) {
        this.service = web.service("the European Central Bank", Duration.ofHours(1));
        this.rates = rates;
    }

    @Override
    public String name() {
        return "exchange-rates";
    }

    @Override
    public Triggers triggers() {
        return TRIGGERS;
    }

    @Override
    public Optional<String> answer(SkillRequest request) {
        Optional<String> from = request.argument("from").flatMap(Currencies::code);
        Optional<String> to = request.argument("to").flatMap(Currencies::code);
        Optional<BigDecimal> amount = amount(request.argument("amount").orElse("one"));
        if (from.isEmpty() || to.isEmpty() || amount.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                tell(amount.get(), from.get(), to.get(), request.context().locale()));
    }

    private static Optional<BigDecimal> amount(String text) {
        try {
            return text.matches("(?i)an?|one")
                    ? Optional.of(BigDecimal.ONE)
                    : Optional.of(new BigDecimal(text.replaceAll(",(?=\\d{3}(?!\\d))", "")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private String tell(BigDecimal amount, String from, String to, Locale locale) {
        byte[] xml = service.get(rates, Map.of()).orElseThrow(() -> service.notUnderstood("no rates there", null));
        ReferenceRates today = ReferenceRates.read(xml, service);
        for (String currency : List.of(from, to)) {
            if (!today.perEuro().containsKey(currency)) {
                return "The European Central Bank publishes no rate for %s.".formatted(Currencies.name(currency));
            }
        }
        BigDecimal converted =
                amount.multiply(today.perEuro().get(to)).divide(today.perEuro().get(from), MathContext.DECIMAL64);
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(2);
        return "%s %s is about %s %s, at the rate of %s."
                .formatted(format.format(amount), from, format.format(converted), to, today.date());
    }
}
