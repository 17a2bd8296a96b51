package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TeX's formulas in replies. */
final class FormulasTest extends ChatInBrowser {
    private Locator reply(String markdown) {
        send("say\n" + markdown);
        assertThat(page.locator(".message.assistant[aria-busy=false]")).hasCount(1);
        return replies();
    }

    @Test
    void formulasAreShownWithinTheTextAndByThemselves() {
        Locator reply = reply(
                "The cost is $O(n \\log n)$, or \\(x^2\\).\n\n$$\\int_0^1 \\frac{x^2}{2}\\,dx = \\frac{1}{6}$$\n\n"
                        + "\\[\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}\\]");

        assertThat(reply.locator("p math")).hasCount(2);
        assertThat(reply.locator("math[display=block]")).hasCount(2);
        assertThat(reply.locator("math mfrac")).hasCount(2);
        assertThat(reply.locator("math mtd")).hasText(new String[] {"a", "b", "c", "d"});
        assertThat(Axe.violations(page)).isEmpty();
        assertThat(chromium.problems()).isEmpty();
    }

    @Test
    void pricesAndCodeAndTheUnknownStayAsTheyWereWritten() {
        Locator reply = reply(
                "It costs $5 or $6, not US$7-$8.\n\n`$x$` and\n\n```\n$$y$$\n```\n\n"
                        + "A $\\unknown{z}$ and $\\frac{1$ and <span data-formula=\"inline\">\\href{javascript:window.attacked = true}{w}</span>");

        assertThat(reply).containsText("It costs $5 or $6, not US$7-$8.");
        assertThat(reply.locator("math")).hasCount(0);
        assertThat(reply.locator("p code"))
                .hasText(new String[] {"$x$", "\\unknown{z}", "\\frac{1", "\\href{javascript:window.attacked = true}{w}"
                });
        assertThat(reply.locator("pre")).hasText("$$y$$");
        assertThat(page.evaluate("window.attacked")).isNull();
    }

    @Test
    void whatShowsThemIsLoadedWithTheFirst() {
        List<String> loaded = new CopyOnWriteArrayList<>();
        page.onRequest(request -> loaded.add(request.url()));
        sendAndWait("say\nno formula", "no formula");
        assertThat(loaded).noneMatch(address -> address.endsWith("/maths.js"));
        send("say\n$x$");
        assertThat(page.locator("math")).hasText("x");
        assertThat(loaded).filteredOn(address -> address.endsWith("/maths.js")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a_1^{2k}                     | <msubsup><mi>a</mi><mn>1</mn><mrow><mn>2</mn><mi>k</mi></mrow></msubsup>
            f'(x)                        | <msup><mi>f</mi><mo>′</mo></msup><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo>
            \\sqrt[3]{x}                  | <mroot><mi>x</mi><mn>3</mn></mroot>
            \\sum_{i=1}^n i               | <munderover><mo largeop="true" movablelimits="false">∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>
            \\lim_{x \\to 0}               | <munder><mo lspace="0.17em" rspace="0.17em">lim</mo><mrow><mi>x</mi><mo stretchy="false">→</mo><mn>0</mn></mrow></munder>
            \\mathbb{R} \\mathbf{x}        | <mi>ℝ</mi><mi>𝐱</mi>
            \\text{if } x                 | <mtext>if&nbsp;</mtext><mi>x</mi>
            \\left( \\frac12 \\right]       | <mrow><mo fence="true" stretchy="true">(</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><mo fence="true" stretchy="true">]</mo></mrow>
            """)
    void theyBecomeMathMl(String tex, String expected) {
        Object made = page.evaluate(
                "async (tex) => (await import('./page/maths.js')).formula(tex, true).firstChild.innerHTML", tex);
        assertThat(made.toString().replace(" xmlns=\"http://www.w3.org/1998/Math/MathML\"", ""))
                .isEqualTo(expected);
    }
}
