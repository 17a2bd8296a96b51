package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

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
        page.setViewportSize(360, 640);
        sendAndWait("wide", "xxx");
        sendAndWait("markdown", "bold");

        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        assertThat(page.evaluate("document.querySelector('.scroll').scrollWidth <= 360"))
                .isEqualTo(true);
        button("Show conversations").click();
        page.locator(".conversations .open").click();
        assertThat(field()).isVisible();
        assertThat(page.locator("main")).not().hasAttribute("inert", Pattern.compile(".*"));
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

    private int brightness() {
        Object color = page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
        return Integer.parseInt(color.toString().replaceAll("\\D+(\\d+),.*", "$1"));
    }
}
