package dev.confab.training.data;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a message in a WhatsApp export: {@code 31.12.23, 22:15 - Anna: Hi!} on Android,
 * {@code [12/31/23, 10:15:30 PM] Anna: Hi!} on iOS, and what other countries make of these.
 *
 * @param time when it was sent
 * @param sender who wrote it, null for a notice of WhatsApp's own
 * @param text the rest of the line, empty where it stands for a picture, a call or a deleted message
 */
record WhatsAppLine(Time time, @Nullable String sender, String text) {
    private static final String DATE_AND_TIME = "(\\d{1,4})[./-](\\d{1,2})[./-](\\d{1,4}),? +"
            + "(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2}))?(?: ?([AaPp])\\. ?[Mm]\\.| ?([AaPp])[Mm])?";
    private static final Pattern ANDROID = Pattern.compile(DATE_AND_TIME + " - (.*)");
    private static final Pattern IOS = Pattern.compile("\\[" + DATE_AND_TIME + "\\] (.*)");
    private static final Pattern MARKS = Pattern.compile("[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");
    private static final Pattern SPACES = Pattern.compile("[\\u00a0\\u202f]");
    private static final Pattern NOT_SPOKEN = Pattern.compile(
            "<[^<>]+>|null|This message was deleted\\.?"
                    + "|You deleted this message\\.?|(?:Missed|Silenced) (?:group )?(?:voice|video) call.*|.+ \\(file attached\\)");
    private static final Pattern EDITED = Pattern.compile(" *<This message was edited>$");
    private static final String LEFT_TO_RIGHT_MARK = "\u200e";
    private static final int LONGEST_NAME = 100;

    /** What a line says, null if it does not begin a message. */
    static @Nullable WhatsAppLine parse(String line) {
        String start = SPACES.matcher(line.startsWith(LEFT_TO_RIGHT_MARK) ? line.substring(1) : line)
                .replaceAll(" ");
        Matcher matcher = start.startsWith("[") ? IOS.matcher(start) : ANDROID.matcher(start);
        if (!matcher.matches()) {
            return null;
        }
        Time time = time(matcher);
        return time.isPossible() ? of(time, matcher.group(9)) : null;
    }

    /** A text without invisible marks of the writing direction. */
    static String withoutMarks(String text) {
        return MARKS.matcher(text).replaceAll("");
    }

    /** Whether a line is one of WhatsApp's own, which iOS begins with a mark. */
    static boolean isNotice(String text) {
        return text.startsWith(LEFT_TO_RIGHT_MARK);
    }

    private static WhatsAppLine of(Time time, String content) {
        int colon = content.indexOf(": ");
        String sender =
                colon < 0 ? "" : withoutMarks(content.substring(0, colon)).strip();
        sender = sender.startsWith("~") ? sender.substring(1).strip() : sender;
        if (sender.isEmpty() || sender.length() > LONGEST_NAME || sender.matches(".*[\"\\u201c].*")) {
            return new WhatsAppLine(time, null, "");
        }
        String said = content.substring(colon + 2);
        String text = EDITED.matcher(withoutMarks(said).strip()).replaceFirst("");
        boolean spoken = !isNotice(said) && !NOT_SPOKEN.matcher(text).matches();
        return new WhatsAppLine(time, sender, spoken ? text : "");
    }

    private static Time time(Matcher matcher) {
        String half = matcher.group(7) == null ? matcher.group(8) : matcher.group(7);
        int hour = Integer.parseInt(matcher.group(4));
        if (half != null) {
            hour = hour % 12 + (half.toLowerCase(Locale.ROOT).equals("p") ? 12 : 0);
        }
        int minute = Integer.parseInt(matcher.group(5));
        int second = matcher.group(6) == null ? 0 : Integer.parseInt(matcher.group(6));
        int first = Integer.parseInt(matcher.group(1));
        int middle = Integer.parseInt(matcher.group(2));
        int last = Integer.parseInt(matcher.group(3));
        if (matcher.group(1).length() == 4) {
            return new Time(Time.NONE, Time.NONE, seconds(first, middle, last, hour, minute, second));
        }
        int year = last < 100 ? 2000 + last : last;
        return new Time(
                seconds(year, middle, first, hour, minute, second),
                seconds(year, first, middle, hour, minute, second),
                Time.NONE);
    }

    private static long seconds(int year, int month, int day, int hour, int minute, int second) {
        try {
            return LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return Time.NONE;
        }
    }

    /**
     * When a message was sent. 1/2/24 may be in January or in February, depending on a country that the file does not
     * name, so both are kept.
     *
     * @param dayFirst in seconds, if the day comes first; {@link #NONE} if there is no such day
     * @param monthFirst in seconds, if the month comes first
     * @param yearFirst in seconds, if the year comes first
     */
    record Time(long dayFirst, long monthFirst, long yearFirst) {
        static final long NONE = Long.MIN_VALUE;

        boolean isPossible() {
            return dayFirst != NONE || monthFirst != NONE || yearFirst != NONE;
        }

        /**
         * How many seconds passed since a message before this one: the least that any order of day and month allows,
         * which around midnight shows which order it is.
         */
        long since(Time earlier) {
            return Math.min(
                    since(earlier.dayFirst, dayFirst),
                    Math.min(since(earlier.monthFirst, monthFirst), since(earlier.yearFirst, yearFirst)));
        }

        private static long since(long earlier, long later) {
            return earlier == NONE || later == NONE || later < earlier ? Long.MAX_VALUE : later - earlier;
        }
    }
}
