package dev.confab.server.store;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Texts as the databases hold them. PostgreSQL takes neither the character 0 nor half of a surrogate pair, which a page or
 * a model may well send, so they are escaped by the character "substitute" and one for private use.
 */
final class StoredText {
    private static final char ESCAPE = '\u001A';
    private static final char ZERO = '\uE000';
    private static final char ESCAPE_ITSELF = '\uE001';
    private static final char FIRST_SURROGATE = '\uE800';

    private StoredText() {}

    /** As it is kept. */
    static String encode(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (isEscaped(text, i)) {
                return escape(text);
            }
        }
        return text;
    }

    /** As it is kept, null for null. */
    static @Nullable String encodeNullable(@Nullable String text) {
        return text == null ? null : encode(text);
    }

    /** As it is searched: whatever its case. */
    static String folded(String text) {
        return encode(text.toLowerCase(Locale.ROOT));
    }

    /** What was encoded. */
    static String decode(String kept) {
        if (kept.indexOf(ESCAPE) < 0) {
            return kept;
        }
        var text = new StringBuilder(kept.length());
        for (int i = 0; i < kept.length(); i++) {
            char character = kept.charAt(i);
            if (character != ESCAPE || i + 1 == kept.length()) {
                text.append(character);
                continue;
            }
            char escaped = kept.charAt(++i);
            switch (escaped) {
                case ZERO -> text.append('\0');
                case ESCAPE_ITSELF -> text.append(ESCAPE);
                default -> text.append((char) (escaped - FIRST_SURROGATE + Character.MIN_SURROGATE));
            }
        }
        return text.toString();
    }

    /** What was encoded, null for null. */
    static @Nullable String decodeNullable(@Nullable String kept) {
        return kept == null ? null : decode(kept);
    }

    private static String escape(String text) {
        var kept = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (!isEscaped(text, i)) {
                kept.append(character);
            } else if (character == '\0') {
                kept.append(ESCAPE).append(ZERO);
            } else if (character == ESCAPE) {
                kept.append(ESCAPE).append(ESCAPE_ITSELF);
            } else {
                kept.append(ESCAPE).append((char) (character - Character.MIN_SURROGATE + FIRST_SURROGATE));
            }
        }
        return kept.toString();
    }

    private static boolean isEscaped(String text, int i) {
        char character = text.charAt(i);
        if (!Character.isSurrogate(character)) {
            return character == '\0' || character == ESCAPE;
        }
        boolean first = Character.isHighSurrogate(character);
        int partner = first ? i + 1 : i - 1;
        return partner < 0
                || partner >= text.length()
                || (first
                        ? !Character.isLowSurrogate(text.charAt(partner))
                        : !Character.isHighSurrogate(text.charAt(partner)));
    }
}
