package dev.confab.dialogue.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataFilterTest {
    private static final PersonalDataFilter MASK = PersonalDataFilter.of(Locale.US, new FilterAction.Mask());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write to jane.doe+x@mail.example.org today | write to [e-mail address] today",
                "jürgen@müller.example, bob@b.co | [e-mail address], [e-mail address]",
                "jane (at) example (dot) org | [e-mail address]",
                "jane[at]example[dot]org! | [e-mail address]!",
                "call (415) 555-2671 now | call [telephone number] now",
                "my cell is 415-555-2671 | my cell is [telephone number]",
                "or +49 30 901820, +44 20 7946 0018 | or [telephone number], [telephone number]",
                "card 4111 1111 1111 1111 exp 12/29 | card [card number] exp 12/29",
                "5500-0000-0000-0004 and 340000000000009 | [card number] and [card number]",
                "DE89 3704 0044 0532 0130 00 please | [bank account] please",
                "iban: gb82west12345698765432. | iban: [bank account].",
                "FR14 2004 1010 0505 0001 3M02 606 and NL91ABNA0417164300 | [bank account] and [bank account]",
            })
    void whatBelongsToSomebodyIsMaskedByItsKind(String text, String masked) {
        assertThat(MASK.check(text))
                .isInstanceOfSatisfying(
                        FilterResult.Masked.class,
                        result -> assertThat(result.text()).isEqualTo(masked));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111 1111 1111 1112 has a wrong check digit",
                "order 5000000000000000",
                "DE88 3704 0044 0532 0130 00 has wrong check digits",
                "I was born on 1987-06-05 at 12:30",
                "from 2019 to 2024 and 1914-1918",
                "version 10.15.7, build 19H2026",
                "3.14159265358979",
                "the population is 8,123,456",
                "192.168.100.200",
                "it costs $1,234,567.89",
                "meet me @ noon (at the dot)",
                "see you at example dot",
                "100 200 300 400 500",
            })
    void otherNumbersAndSignsPass(String text) {
        assertThat(MASK.check(text)).isEqualTo(FilterResult.passed());
    }

    @Test
    void numbersOfOneCountryNeedThatCountrysLocale() {
        String text = "ruf 030 901820 an";

        assertThat(MASK.check(text)).isEqualTo(FilterResult.passed());
        assertThat(PersonalDataFilter.of(Locale.GERMANY, new FilterAction.Mask())
                        .check(text))
                .isEqualTo(new FilterResult.Masked("ruf [telephone number] an", "telephone number"));
        assertThat(PersonalDataFilter.of(Locale.GERMAN, new FilterAction.Mask()).check("+49 30 901820"))
                .isInstanceOf(FilterResult.Masked.class);
    }

    @Test
    void ofAListOfTelephoneNumbersNothingIsLeft() {
        String numbers = IntStream.range(0, 90)
                .mapToObj("415-555-26%02d"::formatted)
                .collect(Collectors.joining(", ", "call ", ", or jane@example.org, room 12"));

        String masked = ((FilterResult.Masked) MASK.check(numbers)).text();
        assertThat(masked.split("\\[telephone number]", -1)).hasSize(91);
        assertThat(masked).endsWith(", or [e-mail address], room 12").startsWith("call [telephone number], [tele");
    }

    @Test
    void manyNumbersThatAreNoTelephoneNumbersPass() {
        String dates = IntStream.range(10, 60)
                .mapToObj("on 2019-06-%d we sold 1,234,567"::formatted)
                .collect(Collectors.joining("; "));

        assertThat(MASK.check(dates)).isEqualTo(FilterResult.passed());
    }

    @Test
    void theReasonNamesTheKindsAndNotTheData() {
        assertThat(PersonalDataFilter.of(Locale.US, new FilterAction.Retry()).check("a@b.org or 4111111111111111"))
                .isEqualTo(new FilterResult.Retry("e-mail address, card number"));
    }
}
