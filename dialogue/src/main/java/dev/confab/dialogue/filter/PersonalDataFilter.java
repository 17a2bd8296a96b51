package dev.confab.dialogue.filter;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds what belongs to somebody: e-mail addresses, telephone numbers, numbers of payment cards whose check digit is
 * right, and bank accounts as IBAN whose check digits are right. What is masked is called by its kind,
 * {@code [e-mail address]}.
 *
 * <p>Immutable, usable from any thread.
 */
public final class PersonalDataFilter implements TextFilter {
    private static final int FEWEST_DIGITS = 7;

    private static final Pattern EMAIL = Pattern.compile(
            "[\\pL\\pN._%+-]{1,64} ?(?:@|[(\\[]at[)\\]]) ?(?:[\\pL\\pN-]{1,63} ?(?:\\.|[(\\[]dot[)\\]]) ?){1,4}\\pL{2,24}",
            Pattern.CASE_INSENSITIVE);

    private final String region;
    private final FilterAction action;

    private PersonalDataFilter(String region, FilterAction action) {
        this.region = region;
        this.action = action;
    }

    /**
     * A filter that objects to personal data.
     *
     * @param locale whose country's telephone numbers are recognised without a country code; one without a country
     *     recognises only numbers that begin with {@code +}
     * @param action what to do about a text that has personal data in it
     */
    public static PersonalDataFilter of(Locale locale, FilterAction action) {
        return new PersonalDataFilter(locale.getCountry().isEmpty() ? "ZZ" : locale.getCountry(), action);
    }

    @Override
    public FilterResult check(String text) {
        List<Finding> found = new ArrayList<>();
        findEmails(text, found);
        if (text.chars().filter(Character::isDigit).limit(FEWEST_DIGITS).count() == FEWEST_DIGITS) {
            AccountNumbers.find(text, found);
            PhoneNumbers.find(text, region, found);
        }
        return Findings.apply(action, text, found);
    }

    private static void findEmails(String text, List<Finding> found) {
        if (text.indexOf('@') < 0 && text.indexOf('(') < 0 && text.indexOf('[') < 0) {
            return;
        }
        Matcher matcher = EMAIL.matcher(text);
        while (matcher.find()) {
            found.add(new Finding(matcher.start(), matcher.end(), "[e-mail address]", "e-mail address"));
        }
    }
}
