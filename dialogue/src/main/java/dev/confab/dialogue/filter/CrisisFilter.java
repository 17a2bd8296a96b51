package dev.confab.dialogue.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognises that somebody speaks of suicide, of hurting themselves or of being abused, and answers with kindness and with where to find
 * help, always in the same words, in the language that was written in: English, German, French or Spanish.
 *
 * <p>For what people say, not for replies. It recognises phrases and is no diagnosis; where in doubt it answers, and figures
 * of speech ("this homework is killing me") pass. Immutable, usable from any thread.
 */
public final class CrisisFilter implements TextFilter {
    private static final List<String> LANGUAGES = List.of("en", "de", "fr", "es");

    /** Expressions of ours, none of which can explode, so that the JDK's engine will do, which is the faster one. */
    private record Language(Pattern phrases, Pattern figuresOfSpeech, String reply) {
        static Language read(String language) {
            List<String> phrases = new ArrayList<>();
            List<String> figuresOfSpeech = new ArrayList<>();
            List<String> reply = new ArrayList<>();
            for (String line : Resource.lines("crisis_" + language + ".txt")) {
                if (line.startsWith("reply:")) {
                    reply.add(line.substring(6).strip());
                } else if (line.startsWith("figure:")) {
                    figuresOfSpeech.add(line.substring(7).strip());
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    phrases.add(line.strip());
                }
            }
            return new Language(anyOf(phrases), anyOf(figuresOfSpeech), String.join(" ", reply));
        }

        /** One boundary before all of them: at most places of a text nothing else has to be looked at. */
        private static Pattern anyOf(List<String> expressions) {
            return Pattern.compile("\\b(?:" + String.join("|", expressions) + ")\\b");
        }

        boolean recognises(String words) {
            return phrases.matcher(words).find()
                    && phrases.matcher(figuresOfSpeech.matcher(words).replaceAll("-"))
                            .find();
        }
    }

    private static final List<Language> PHRASEBOOKS =
            LANGUAGES.stream().map(Language::read).toList();
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\pL\\pN]+");

    private CrisisFilter() {}

    /** The filter, which needs no settings. */
    public static CrisisFilter create() {
        return new CrisisFilter();
    }

    /**
     * The answer in a language.
     *
     * @param locale its language counts; English where there is no answer in it
     */
    public static String reply(Locale locale) {
        return PHRASEBOOKS
                .get(Math.max(0, LANGUAGES.indexOf(locale.getLanguage())))
                .reply();
    }

    @Override
    public FilterResult check(String text) {
        String words = words(text);
        for (Language language : PHRASEBOOKS) {
            if (language.recognises(words)) {
                return new FilterResult.Replaced(language.reply(), "crisis message");
            }
        }
        return FilterResult.passed();
    }

    /** Words in lower case without accents and apostrophes, one space between them. */
    private static String words(String text) {
        String folded = FoldedText.of(text).toString().replace("'", "").replace("\u2019", "");
        return BETWEEN_WORDS.matcher(folded).replaceAll(" ").strip();
    }
}
