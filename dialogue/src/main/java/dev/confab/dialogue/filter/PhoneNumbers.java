package dev.confab.dialogue.filter;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds telephone numbers. */
final class PhoneNumbers {
    /** A text may have this many candidates that are none; the rest is not looked at. */
    private static final int MOST_WRONG = 100;
    /**
     * A text with so many numbers is a list of them, in which whatever else looks like one counts as one: each that is looked
     * up takes some 25 microseconds.
     */
    private static final int LIST = 10;

    /** Seven digits or more with little between them. It never goes back, so its time is in proportion to the text. */
    private static final Pattern LIKELY = Pattern.compile("[+(]{0,2}+\\d(?:[ ()./-]{0,2}+\\d){6,}+");

    private PhoneNumbers() {}

    /**
     * Adds what is found and overlaps nothing that was found before.
     *
     * @param region the country whose numbers are recognised without its code, {@code ZZ} for none
     */
    static void find(String text, String region, List<Finding> found) {
        int numbers = 0;
        for (PhoneNumberMatch match :
                PhoneNumberUtil.getInstance().findNumbers(text, region, PhoneNumberUtil.Leniency.VALID, MOST_WRONG)) {
            add(match.start(), match.end(), found);
            if (++numbers == LIST) {
                findLikely(text, match.end(), found);
                return;
            }
        }
    }

    private static void findLikely(String text, int from, List<Finding> found) {
        Matcher matcher = LIKELY.matcher(text).region(from, text.length());
        while (matcher.find()) {
            add(matcher.start(), matcher.end(), found);
        }
    }

    private static void add(int start, int end, List<Finding> found) {
        if (found.stream().noneMatch(other -> start < other.end() && other.start() < end)) {
            found.add(new Finding(start, end, "[telephone number]", "telephone number"));
        }
    }
}
