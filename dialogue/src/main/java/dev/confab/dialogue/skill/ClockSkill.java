package dev.confab.dialogue.skill;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Knows the time and the date, here and elsewhere: "what time is it in Tokyo".
 *
 * <p>Immutable, usable from any thread.
 */
final class ClockSkill implements Skill {
    private static final String NOW = "(?: (?:right |just )?now| today| currently| at the moment)?";
    private static final String PLACE = NOW + "(?: (?:over )?(?:in|at) (?P<place>[\\pL .'+0-9-]{2,40}?))?" + NOW;
    private static final int MOST_WORDS_IN_PLACE = 4;

    private static final Triggers TRIGGERS = Triggers.of(
            List.of(
                    "(?P<time>what time is it|what time it is|what(?:'s| is) the (?:current |local |exact )?time"
                            + "|what the time is|the (?:current |local )?time|time|how late is it|got the time"
                            + "|do you have the time|what time do you have)" + PLACE,
                    "(?P<date>what(?:'s| is) (?:the |today's )?(?:current )?date|what date is it|what date it is|today's date"
                            + "|the (?:current )?date|date|what day is (?:it|today)|what day of the (?:week|month) is it"
                            + "|what day it is|which day is it|what(?:'s| is) today)" + PLACE,
                    "(?P<year>what year is it|which year is it|what(?:'s| is) the (?:current )?year)" + PLACE,
                    "(?P<month>what month is it|which month is it|what(?:'s| is) the (?:current )?month)" + PLACE),
            List.of());

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public Triggers triggers() {
        return TRIGGERS;
    }

    @Override
    public Optional<String> answer(SkillRequest request) {
        Optional<String> place = request.argument("place");
        if (place.isEmpty()) {
            return Optional.of(tell(request, request.context().zone(), ""));
        }
        Optional<ZoneId> zone = place.flatMap(TimeZones::of);
        if (zone.isEmpty()) {
            return place.filter(name -> name.split(" ", -1).length <= MOST_WORDS_IN_PLACE)
                    .map(name -> "I don't know what the clocks say in %s. Is there a large city nearby?"
                            .formatted(Names.capitalized(name)));
        }
        return Optional.of(tell(request, zone.get(), " in " + Names.capitalized(place.get())));
    }

    private static String tell(SkillRequest request, ZoneId zone, String where) {
        ZonedDateTime now = request.context().clock().instant().atZone(zone);
        Locale locale = request.context().locale();
        if (request.argument("year").isPresent()) {
            return "It's the year %d%s.".formatted(now.getYear(), where);
        }
        if (request.argument("month").isPresent()) {
            return "It's %s %d%s."
                    .formatted(now.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH), now.getYear(), where);
        }
        if (request.argument("date").isPresent()) {
            return "It's %s%s."
                    .formatted(
                            english(locale, DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL))
                                    .format(now),
                            where);
        }
        String time = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(locale)
                .format(now)
                .replace('\u202F', ' ');
        String day = where.isEmpty() ? "" : " on " + now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        return "It's %s%s%s.".formatted(time, day, where);
    }

    /** Sentences are English, so their dates are as well, but as they are written in the person's country. */
    private static DateTimeFormatter english(Locale locale, DateTimeFormatter format) {
        return format.withLocale(locale.getLanguage().equals("en") ? locale : Locale.ENGLISH);
    }
}
