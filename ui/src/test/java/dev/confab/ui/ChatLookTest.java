package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of a chat for everybody: by keyboard, on phones, dark and light. */
final class ChatLookTest extends ChatInBrowser {
    @Test
    void theKeyboardAloneIsEnough() {
        page.keyboard().type("line one");
        page.keyboard().press("Shift+Enter");
        page.keyboard().type("line two");
        page.keyboard().press("Enter");
        assertThat(replies()).containsText("line one");

        page.keyboard().press("ArrowUp");
        page.keyboard().type("!");
        page.keyboard().press("Enter");
        assertThat(replies()).containsText("line two!");

        field().focus();
        page.keyboard().type("wait for escape");
        page.keyboard().press("Enter");
        assertThat(replies().last()).hasText("The beginning");
        page.keyboard().press("Escape");
        assertThat(page.locator(".message.assistant .note").last()).hasText("Stopped");

        page.keyboard().press("Control+/");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("New conversation");
        page.keyboard().press("Escape");
        page.keyboard().press("Control+Shift+O");
        assertThat(page.locator(".message")).hasCount(0);
        page.keyboard().press("Control+k");
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).isFocused();
    }

    @Test
    void aPhoneNeedsNoScrollingSideways() {
        page.setViewportSize(320, 640); // as 640 pixels are at 200 %
        sendAndWait("wide", "xxx");
        sendAndWait("markdown", "bold");

        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(320);
        assertThat(page.evaluate("document.querySelector('.scroll').scrollWidth <= 320"))
                .isEqualTo(true);
        button("Show conversations").click();
        page.locator(".conversations .open").click();
        assertThat(field()).isVisible();
        assertThat(page.locator("main")).not().hasAttribute("inert", Pattern.compile(".*"));
    }

    @Test
    void theWayToTheNewestMessageIsAboveTheFieldHoweverMuchIsWritten() {
        sendAndWait("long", "A paragraph");
        page.locator(".scroll").hover();
        page.mouse().wheel(0, -600);
        field().fill("line\n".repeat(8));

        BoundingBox jump = button("Jump to the newest message").boundingBox();
        BoundingBox composer = page.locator(".composer .frame").boundingBox();
        assertThat(jump.y + jump.height).isLessThan(composer.y);
        assertThat(jump.x + jump.width / 2).isCloseTo(composer.x + composer.width / 2, within(1.0));
    }

    @Test
    void darkAndLightFollowTheSystemUntilTheUserChooses() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(brightness()).isLessThan(60);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(brightness()).isGreaterThan(200);

        button("More").click();
        page.getByRole(AriaRole.MENUITEMRADIO, new Page.GetByRoleOptions().setName("Dark"))
                .click();
        assertThat(brightness()).isLessThan(60);
        page.reload();
        assertThat(brightness()).isLessThan(60);
    }

    @ParameterizedTest
    @CsvSource({"REDUCE, false", "NO_PREFERENCE, true"})
    void nothingMovesForWhoeverWantsNoMotion(ReducedMotion wish, boolean moves) {
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(wish));
        page.setViewportSize(390, 800);
        page.evaluate("""
                () => {
                  window.moved = [];
                  for (const kind of ["animationstart", "transitionrun"]) {
                    addEventListener(kind, (event) => moved.push(event.animationName ?? event.propertyName), true);
                  }
                }""");
        send("silent " + wish);
        assertThat(page.locator(".dots")).isVisible();
        button("Show conversations").click();
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).isVisible();
        button("New conversation").first().hover();
        page.keyboard().press("Escape");
        button("More").click();
        page.keyboard().press("Escape");
        page.waitForFunction("moves => !moves || moved.length > 2", moves);
        Object running = page.evaluate("document.getAnimations().length");
        goOn("silent " + wish);
        sendAndWait("long", "A paragraph");
        page.locator(".scroll").hover();
        page.mouse().wheel(0, -600);
        button("Jump to the newest message").click();

        assertThat((List<?>) page.evaluate("moved")).matches(moved -> moved.isEmpty() != moves);
        assertThat(running.equals(0)).isNotEqualTo(moves);
        assertThat(
                        page.evaluate(
                                "[...document.querySelectorAll('*')].every((one) => getComputedStyle(one).scrollBehavior === 'auto')"))
                .isEqualTo(true);
    }

    private int brightness() {
        Object color = page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
        return Integer.parseInt(color.toString().replaceAll("\\D+(\\d+),.*", "$1"));
    }
}
