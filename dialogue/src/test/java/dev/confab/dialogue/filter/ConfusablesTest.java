package dev.confab.dialogue.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.SpoofChecker;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ConfusablesTest {
    private final SpoofChecker icu = new SpoofChecker.Builder().build();

    /** Case by case: ICU compares capitals and small letters apart, the table gives small ones. */
    @Test
    void whatTheTableTakesForALatinLetterIcuTakesForItToo() {
        List<String> failures = new ArrayList<>();
        int count = 0;
        for (int codePoint = 128; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            String letter = Character.toString(Confusables.latin(codePoint));
            String lookAlike = Character.toString(codePoint);
            if (!letter.equals(lookAlike)) {
                count++;
                if (!looksLike(letter, lookAlike) && !looksLike(letter, lookAlike.toLowerCase(Locale.ROOT))) {
                    failures.add(lookAlike + " is no " + letter);
                }
            }
        }
        System.out.println("look-alikes compared with ICU: " + count);
        assertThat(failures).isEmpty();
        assertThat(count).isGreaterThan(500);
    }

    @Test
    void lettersOfTheNeighbouringAlphabetsAreFolded() {
        assertThat(FoldedText.of("раураӏ ΑΒΕΖΗΙΚΜΝΟΡΤΧ ԁһѕԛԝ")).hasToString("paypal abezhikmnoptx dhsqw");
    }

    @Test
    void stylesWidthsAccentsAndInvisibleCharactersAreFolded() {
        assertThat(FoldedText.of("Ｆｕｌｌ 𝕭𝖔𝖑𝖉 ⓒⓘⓡⓒⓛⓔ Crème Z̷̡a̵l̶g̸o so\u00ADft ze\u200Bro ﬁne"))
                .hasToString("full bold circle creme zalgo soft zero fine");
    }

    @Test
    void aFoldedCharacterKnowsWhereItCameFrom() {
        FoldedText folded = FoldedText.of("a𝓫\u0301ﬁ");

        assertThat(folded).hasToString("abfi");
        assertThat(new int[] {folded.start(1), folded.end(1)}).containsExactly(1, 3);
        assertThat(new int[] {folded.start(2), folded.end(2)}).containsExactly(4, 5);
        assertThat(new int[] {folded.start(3), folded.end(3)}).containsExactly(4, 5);
    }

    private boolean looksLike(String letter, String lookAlike) {
        String skeleton = withoutMarks(icu.getSkeleton(lookAlike));
        return skeleton.equals(icu.getSkeleton(letter))
                || skeleton.equals(icu.getSkeleton(letter.toUpperCase(Locale.ROOT)));
    }

    private static String withoutMarks(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }
}
