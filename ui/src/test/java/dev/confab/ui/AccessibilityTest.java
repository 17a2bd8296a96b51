package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.confab.ui.component.Checkbox;
import dev.confab.ui.component.Dropdown;
import dev.confab.ui.component.FileField;
import dev.confab.ui.component.Json;
import dev.confab.ui.component.Markup;
import dev.confab.ui.component.NumberField;
import dev.confab.ui.component.Slider;
import dev.confab.ui.component.Textbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page in all its states, dark and light, at a desk and on a phone, as axe-core judges it. */
final class AccessibilityTest extends ChatInBrowser {
    private final List<String> violations = new ArrayList<>();
    private int looks;

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280, 800", "DARK, 1280, 800", "LIGHT, 390, 844", "DARK, 390, 844"})
    void thereAreNoViolations(ColorScheme scheme, int width, int height) {
        context.close();
        context = chromium.newContext(width, height);
        chat(scheme, width);
        form(scheme);
        login(scheme);

        System.out.println("axe-core looked at " + looks + " states, " + scheme + ", " + width + " wide");
        assertThat(violations).isEmpty();
    }

    private void chat(ColorScheme scheme, int width) {
        page = Chromium.open(context, running);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        look("empty chat");
        sendAndWait("markdown", "bold");
        sendAndWait("measured", "Quick.");
        button("Ask again").last().click();
        assertThat(page.locator(".branches")).hasText("2/2");
        look("conversation");
        send("wait for axe");
        assertThat(replies().last()).hasText("The beginning");
        look("reply that is coming");
        button("Stop").click();
        assertThat(page.locator(".message.assistant .note").last()).hasText("Stopped");
        failures = 0;
        send("fail-once");
        assertThat(page.locator(".failure")).containsText("asleep");
        look("failure");
        if (width < 800) {
            button("Show conversations").click();
            look("list on a phone");
            page.keyboard().press("Escape");
        }
        button("Settings").click();
        look("settings");
        page.keyboard().press("Escape");
        page.keyboard().press("Control+/");
        look("help");
        page.keyboard().press("Escape");
        button("More").click();
        look("menu");
        page.keyboard().press("Escape");
        page.locator(".message.user").first().hover();
        button("Edit").first().click();
        look("editor");
        page.keyboard().press("Escape");
        button("Good reply").first().click();
        look("comment");
        page.keyboard().press("Escape");
        page.navigate(running.url() + "/api");
        look("API page");
    }

    private void form(ColorScheme scheme) {
        Interface form = Interface.ofList(values -> Outputs.of("text", "*notes*", Map.of("a", 1)))
                .inputs(
                        Textbox.of("Name"),
                        NumberField.of("Age"),
                        Slider.of("Size", 1, 5),
                        Checkbox.of("Loud"),
                        Dropdown.of("Mood", "calm", "glad"),
                        FileField.of("File"))
                .outputs(Textbox.of("Text"), Markup.markdown("Notes"), Json.of("Data"))
                .title("Describer")
                .description("Describes *everything*.")
                .example("Ann", 30, 2, true, "glad");
        with(form.port(0).quiet(), scheme, () -> {
            look("form");
            button("Submit").click();
            assertThat(page.locator(".output .markdown em")).hasText("notes");
            look("results");
        });
    }

    private void login(ColorScheme scheme) {
        ChatInterface locked =
                ChatInterface.of((message, history) -> message).title("Locked").auth("ann", "secret");
        with(locked.port(0).quiet(), scheme, () -> {
            look("login");
            page.getByLabel("User name").fill("ann");
            page.getByLabel("Password").fill("wrong");
            page.getByRole(AriaRole.BUTTON).click();
            assertThat(page.locator("#status")).hasText("This user name and password do not belong together.");
            look("wrong password");
        });
    }

    private void with(dev.confab.ui.Page<?> author, ColorScheme scheme, Runnable looking) {
        try (RunningPage other = author.launch()) {
            page = Chromium.open(context, other);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            looking.run();
        }
    }

    private void look(String state) {
        looks++;
        Axe.violations(page).forEach(violation -> violations.add(state + ": " + violation));
    }
}
