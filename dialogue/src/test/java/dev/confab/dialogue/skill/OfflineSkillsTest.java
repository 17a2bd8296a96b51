package dev.confab.dialogue.skill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineSkillsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T14:05:30Z");

    private final Skills skills = Skills.offline();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "what time is it? | It's 3:05 PM.",
                "What's the time | It's 3:05 PM.",
                "hey, could you tell me what time it is right now, please? | It's 3:05 PM.",
                "do you know the time | It's 3:05 PM.",
                "what time is it in Tokyo | It's 11:05 PM on Saturday in Tokyo.",
                "what's the time in new york? | It's 9:05 AM on Saturday in New York.",
                "time in sydney | It's 1:05 AM on Sunday in Sydney.",
                "What time is it in San Francisco right now? | It's 6:05 AM on Saturday in San Francisco.",
                "what is the current time in india | It's 7:35 PM on Saturday in India.",
                "what time is it in utc+2 | It's 4:05 PM on Saturday in UTC+2.",
                "what time is it in the UK | It's 2:05 PM on Saturday in the UK.",
                "what time is it in Atlantis | I don't know what the clocks say in Atlantis. Is there a large city nearby?",
                "what's the date today? | It's Saturday, November 21, 2026.",
                "what day is it | It's Saturday, November 21, 2026.",
                "what day is it in auckland | It's Sunday, November 22, 2026 in Auckland.",
                "what year is it | It's the year 2026.",
                "what month is it? | It's November 2026.",
            })
    void theClockKnowsTimeAndDateHereAndElsewhere(String question, String answer) {
        assertThat(ask(question, Locale.US)).isEqualTo("clock: " + answer);
    }

    @Test
    void timesAndDatesAreWrittenAsInThePersonsCountry() {
        assertThat(ask("what time is it", Locale.GERMANY)).isEqualTo("clock: It's 15:05.");
        assertThat(ask("what is the date", Locale.UK)).isEqualTo("clock: It's Saturday, 21 November 2026.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2+2 | 2+2 is 4.",
                "2 + 2 = ? | 2 + 2 is 4.",
                "What is 2+3*4? | 2+3*4 is 14.",
                "what's (2 + 3) × 4 | (2 + 3) × 4 is 20.",
                "how much is 17 times 23 | 17 times 23 is 391.",
                "what is two plus three times four | two plus three times four is 14.",
                "calculate 1,250 / 5 | 1,250 / 5 is 250.",
                "what is 1 divided by 3 | 1 divided by 3 is about 0.333333333333.",
                "what is 0.1 + 0.2 | 0.1 + 0.2 is 0.3.",
                "what is 20% of 150 | 20% of 150 is 30.",
                "what's 15 percent of 80? | 15 percent of 80 is 12.",
                "what is the square root of 144 | the square root of 144 is 12.",
                "sqrt(2) | sqrt(2) is about 1.41421356237.",
                "what is 2 to the power of 10 | 2 to the power of 10 is 1,024.",
                "what is 5 squared | 5 squared is 25.",
                "2^200 | 2^200 is about 1.60693804426 × 10^60.",
                "what is 10 minus 15 | 10 minus 15 is -5.",
                "what is 24/7 | 24/7 is about 3.42857142857.",
                "what is 7 mod 3 | 7 mod 3 is 1.",
                "12 x 12 | 12 x 12 is 144.",
                "could you calculate 3 * -2 please | 3 * -2 is -6.",
                "what is 1 divided by 0 | I can't divide by zero, and neither can anybody else.",
                "what is 2^3^2 | 2^3^2 is 512.",
                "what is 2^-2 | 2^-2 is 0.25.",
                "what is 9^9^9^9 | That number is too large for me, I'm afraid.",
                "what is 2^999999 | That number is too large for me, I'm afraid.",
            })
    void theCalculatorWorksOutSumsInSignsAndWords(String question, String answer) {
        assertThat(ask(question, Locale.US)).isEqualTo("calculator: " + answer);
    }

    @Test
    void numbersAreReadAndWrittenAsInThePersonsCountry() {
        assertThat(ask("1.000,5 + 2,25", Locale.GERMANY)).isEqualTo("calculator: 1.000,5 + 2,25 is 1.002,75.");
        assertThat(ask("1.5 km in m", Locale.GERMANY)).isEqualTo("units: 1,5 kilometers is 1.500 meters.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "convert 10 miles to km | 10 miles is about 16.0934 kilometers.",
                "what is 5 feet in cm? | 5 feet is 152.4 centimeters.",
                "how many meters are in a mile | 1 mile is about 1,609.34 meters.",
                "how many ounces in 2 pounds | 2 pounds is 32 ounces.",
                "How many pounds is 5 kilos? | 5 kilograms is about 11.0231 pounds.",
                "100 f in c | 100 degrees Fahrenheit is about 37.7778 degrees Celsius.",
                "what's -40 celsius in fahrenheit | -40 degrees Celsius is -40 degrees Fahrenheit.",
                "32 °F to °C | 32 degrees Fahrenheit is 0 degrees Celsius.",
                "3 cups in ml | 3 cups is about 709.765 milliliters.",
                "90 minutes in hours | 90 minutes is 1.5 hours.",
                "how many seconds are there in a day | 1 day is 86,400 seconds.",
                "100 km/h in mph | 100 kilometers per hour is about 62.1371 miles per hour.",
                "1 acre in square meters | 1 acre is about 4,046.86 square meters.",
                "half a liter in ml | 0.5 liters is 500 milliliters.",
                "10 kg to miles | Kilograms measure mass and miles measure length, so I can't turn one into the other.",
            })
    void unitsAreConverted(String question, String answer) {
        assertThat(ask(question, Locale.US)).isEqualTo("units: " + answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "Does money buy happiness?",
                "what time do you get up?",
                "what time is it in your favorite movie of all time ever",
                "I have no time",
                "time flies",
                "it was a date to remember",
                "what is love",
                "what is your name?",
                "24/7",
                "9-11",
                "555-1234",
                "call me at 555-1234",
                "c++",
                "it's 50/50",
                "2026-11-21",
                "I am 25",
                "7",
                "- what?",
                "what is 42",
                "convert 5 dollars to euros",
                "how many people are in a family",
                "i put a foot in the door",
                "one in a million",
                "",
            })
    void smallTalkIsLeftToTheModel(String sentence) {
        assertThat(skills.answer(sentence, context(Locale.US))).isEmpty();
    }

    private String ask(String question, Locale locale) {
        return skills.answer(question, context(locale))
                .map(answer -> (answer.failed() ? "failed " : "") + answer.skill() + ": " + answer.text())
                .orElse("no skill");
    }

    private static SkillContext context(Locale locale) {
        return new SkillContext(ZoneId.of("Europe/Berlin"), locale, "1", InstantSource.fixed(NOW));
    }
}
