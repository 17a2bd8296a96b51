package dev.confab.dialogue.filter;

import dev.confab.dialogue.resource.Resource;
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

    /** What is said, and what says the same of something else, which is only looked for where the first was found. */
    private record Language(Phrases phrases, Pattern figuresOfSpeech, String reply) {
        static Language read(String language) {
            List<String> phrases = new ArrayList<>();
            List<String> figuresOfSpeech = new ArrayList<>();
            List<String> reply = new ArrayList<>();
            for (String line : Resource.lines(CrisisFilter.class, "crisis_" + language + ".txt")) {
                if (line.startsWith("reply:")) {
                    reply.add(line.substring(6).strip());
                } else if (line.startsWith("figure:")) {
                    figuresOfSpeech.add(line.substring(7).strip());
                } else {
                    phrases.add(line.strip());
                }
            }
            Pattern anyFigure = Pattern.compile("\\b(?:" + String.join("|", figuresOfSpeech) + ")\\b");
            return new Language(Phrases.of(phrases), anyFigure, String.join(" ", reply));
        }

        boolean recognises(String words) {
            return phrases.areIn(words)
                    && phrases.areIn(figuresOfSpeech.matcher(words).replaceAll("-"));
        }
    }

    private static final List<Language> PHRASEBOOKS =
            LANGUAGES.stream().map(Language::read).toList();

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
        var words = new StringBuilder();
        FoldedText.of(text).toString().codePoints().forEach(character -> {
            if (Character.isLetterOrDigit(character)) {
                words.appendCodePoint(character);
            } else if (character != '\'' && character != '\u2019' && !words.isEmpty() && !endsWithSpace(words)) {
                words.append(' ');
            }
        });
        return words.toString().stripTrailing();
    }

    private static boolean endsWithSpace(StringBuilder words) {
        return words.charAt(words.length() - 1) == ' ';
    }
}
