package dev.confab.dialogue.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrisisFilterTest {
    private final CrisisFilter filter = CrisisFilter.create();

    @Test
    void aCryForHelpIsAnsweredInItsLanguageAndAFigureOfSpeechIsNot() throws IOException {
        List<Lines> corpus = Lines.read("crisis.txt");
        List<String> failures = new ArrayList<>();
        for (Lines line : corpus) {
            FilterResult expected = line.kind().equals("none")
                    ? FilterResult.passed()
                    : new FilterResult.Replaced(CrisisFilter.reply(Locale.of(line.kind())), "crisis message");
            FilterResult found = filter.check(line.text());
            if (!found.equals(expected)) {
                failures.add("%s: '%s' gives %s".formatted(line.kind(), line.text(), found));
            }
        }
        System.out.println("crisis messages: "
                + corpus.stream().collect(Collectors.groupingBy(Lines::kind, Collectors.counting())) + " sentences");
        assertThat(failures).isEmpty();
        assertThat(corpus).hasSizeGreaterThan(100);
    }

    @Test
    void aFigureOfSpeechDoesNotHideACryForHelpBesideIt() {
        assertThat(filter.check("I loved Suicide Squad, but I want to die")).isInstanceOf(FilterResult.Replaced.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es"})
    void eachAnswerSaysWhereHelpIsAndThatItComesFromAChatbot(String language) {
        assertThat(CrisisFilter.reply(Locale.of(language)))
                .contains("https://findahelpline.com", "hatbot")
                .containsPattern("\\b(988|116 123|3114|024)\\b")
                .containsPattern("\\b112\\b");
    }

    @Test
    void aLanguageWithoutAnAnswerOfItsOwnGetsTheEnglishOne() {
        assertThat(CrisisFilter.reply(Locale.JAPAN))
                .isEqualTo(CrisisFilter.reply(Locale.ENGLISH))
                .contains("988");
    }
}
