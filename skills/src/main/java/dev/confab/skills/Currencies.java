package dev.confab.skills;

import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What people call currencies. */
final class Currencies {
    private static final Map<String, String> CODES = read();

    private Currencies() {}

    /** The ISO 4217 code of a currency by its code, sign, or English name. */
    static Optional<String> code(String name) {
        String key = name.toLowerCase(Locale.ROOT).strip();
        String singular = key.endsWith("s") ? key.substring(0, key.length() - 1) : key;
        return Optional.ofNullable(CODES.getOrDefault(key, CODES.get(singular)));
    }

    /** The English name of a currency. */
    static String name(String code) {
        return Currency.getInstance(code).getDisplayName(Locale.ENGLISH);
    }

    private static Map<String, String> read() {
        Map<String, String> codes = new HashMap<>();
        for (Currency currency : Currency.getAvailableCurrencies()) {
            codes.put(currency.getCurrencyCode().toLowerCase(Locale.ROOT), currency.getCurrencyCode());
            codes.put(currency.getDisplayName(Locale.ENGLISH).toLowerCase(Locale.ROOT), currency.getCurrencyCode());
        }
        codes.putAll(Map.of(
                "$", "USD", "dollar", "USD", "buck", "USD", "€", "EUR", "£", "GBP", "pound", "GBP", "quid", "GBP"));
        codes.putAll(Map.of(
                "pounds sterling", "GBP", "yen", "JPY", "¥", "JPY", "franc", "CHF", "yuan", "CNY", "rupee", "INR"));
        codes.putAll(Map.of(
                "won", "KRW", "zloty", "PLN", "lira", "TRY", "peso", "MXN", "real", "BRL", "reai", "BRL", "rand",
                "ZAR"));
        return codes;
    }
}
