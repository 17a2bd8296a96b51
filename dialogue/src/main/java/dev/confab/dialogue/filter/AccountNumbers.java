package dev.confab.dialogue.filter;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;

/** Finds numbers of payment cards and of bank accounts, and tells them from other numbers by their check digits. */
final class AccountNumbers {
    /** Cards begin with 2 to 6 and have 13 to 19 digits (ISO/IEC 7812), mostly in groups. */
    private static final Pattern CARD = Pattern.compile("\\b[2-6](?:[ -]?\\d){12,18}\\b");

    /** Country, check digits, and 11 to 30 letters and digits (ISO 13616), mostly in groups of four. */
    private static final Pattern IBAN = Pattern.compile("(?i)\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]){11,30}\\b");

    private static final int SHORTEST_IBAN = 15;

    private AccountNumbers() {}

    static void find(String text, List<Finding> found) {
        Matcher iban = IBAN.matcher(text);
        while (iban.find()) {
            int length = lengthOfIban(iban.group());
            if (length > 0) {
                found.add(new Finding(iban.start(), iban.start() + length, "[bank account]", "bank account"));
            }
        }
        Matcher card = CARD.matcher(text);
        while (card.find()) {
            if (isCard(card.group())) {
                found.add(new Finding(card.start(), card.end(), "[card number]", "card number"));
            }
        }
    }

    /** Luhn's check: from the right, each second digit doubled, and the sum of all digits is a multiple of ten. */
    static boolean isCard(String candidate) {
        String digits = candidate.replaceAll("[^0-9]", "");
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted / 10 + weighted % 10;
        }
        return sum % 10 == 0;
    }

    /** How long the account number is that a candidate begins with, which may have swallowed the words after it; or 0. */
    static int lengthOfIban(String candidate) {
        for (int end = candidate.length(); end >= SHORTEST_IBAN; end--) {
            boolean wordEnds = end == candidate.length() || candidate.charAt(end) == ' ';
            if (wordEnds && hasIbanCheckDigits(candidate.substring(0, end).replace(" ", ""))) {
                return end;
            }
        }
        return 0;
    }

    /** The country and check digits moved to the end, letters as 10 to 35: the remainder by 97 is 1. */
    private static boolean hasIbanCheckDigits(String iban) {
        if (iban.length() < SHORTEST_IBAN) {
            return false;
        }
        int remainder = 0;
        for (char unit : (iban.substring(4) + iban.substring(0, 4)).toCharArray()) {
            int value = Character.digit(unit, 36);
            remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
        }
        return remainder == 1;
    }
}
