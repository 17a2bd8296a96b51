package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.confab.ui.call.UserError;
import dev.confab.ui.component.Checkbox;
import dev.confab.ui.component.Dropdown;
import dev.confab.ui.component.FileField;
import dev.confab.ui.component.Json;
import dev.confab.ui.component.Markup;
import dev.confab.ui.component.NumberField;
import dev.confab.ui.component.Slider;
import dev.confab.ui.component.Textbox;
import dev.confab.ui.component.UploadedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a function as a user has it, in a real browser. */
final class FormPageTest {
    @TempDir
    private static Path folder;

    private static Chromium chromium;
    private static RunningPage running;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        running = Interface.ofList(FormPageTest::describe)
                .inputs(
                        Textbox.of("Name"),
                        NumberField.of("Age"),
                        Slider.of("Size", 1, 5),
                        Checkbox.of("Loud"),
                        Dropdown.of("Mood", "calm", "glad"),
                        FileField.of("File"))
                .outputs(Textbox.of("Text"), Markup.markdown("Notes"), Markup.html("Own"), Json.of("Data"))
                .title("Describer")
                .example("Ann", 30, 2, true, "glad")
                .flagging(folder.resolve("flags.jsonl"), "wrong")
                .port(0)
                .quiet()
                .launch();
    }

    private static Outputs describe(List<@Nullable Object> values) throws Exception {
        if ("nobody".equals(values.getFirst())) {
            throw new UserError("There is nobody.");
        }
        String file = values.get(5) instanceof UploadedFile uploaded ? Files.readString(uploaded.path()) : "no file";
        return Outputs.of(
                values.subList(0, 5).toString(),
                "**" + file + "**",
                "<em>html</em>",
                Map.of("name", String.valueOf(values.getFirst())));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (running != null) {
            running.close();
        }
    }

    @BeforeEach
    void open() {
        context = chromium.newContext(1200, 800);
        page = Chromium.open(context, running);
    }

    @AfterEach
    void close() {
        context.close();
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator output(String label) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(label))
                .locator(".value");
    }

    @Test
    void everyComponentIsFilledInAndShown() {
        page.getByLabel("Name").fill("Bob");
        page.getByLabel("Age").fill("41.5");
        page.getByLabel("Size").fill("3");
        page.getByLabel("Loud").check();
        page.getByLabel("Mood").selectOption("glad");
        page.setInputFiles(
                "input[type=file]",
                new FilePayload("note.txt", "text/plain", "a note".getBytes(StandardCharsets.UTF_8)));
        assertThat(page.locator(".files")).containsText("note.txt");
        button("Submit").click();

        assertThat(output("Text")).hasText("[Bob, 41.5, 3.0, true, glad]");
        assertThat(output("Notes").locator("strong")).hasText("a note");
        assertThat(output("Own").locator("em")).hasText("html");
        assertThat(output("Data")).containsText("\"name\": \"Bob\"");
        assertThat(chromium.problems()).isEmpty();
    }

    @Test
    void anExampleFillsTheInputsAndRuns() {
        button("Ann").click();
        assertThat(output("Text")).hasText("[Ann, 30.0, 2.0, true, glad]");
        button("Clear").click();
        assertThat(page.getByLabel("Name")).hasValue("");
        assertThat(output("Text")).isEmpty();
    }

    @Test
    void aFailureIsToldAndCanBeMended() {
        page.getByLabel("Name").fill("nobody");
        page.getByLabel("Name").press("Enter");
        assertThat(page.locator(".failure")).containsText("There is nobody.");
        page.getByLabel("Name").fill("somebody");
        button("Try again").click();

        assertThat(output("Text")).containsText("somebody");
        assertThat(page.locator(".failure")).hasCount(0);
    }

    @Test
    void resultsAreFlaggedWithAComment() throws Exception {
        button("Ann").click();
        assertThat(output("Text")).containsText("Ann");
        button("wrong").click();
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.TEXTBOX).fill("not Ann");
        button("Send").click();
        assertThat(page.locator(".notice")).containsText("Thank you");

        assertThat(Files.readString(folder.resolve("flags.jsonl"))).contains("\"comment\":\"not Ann\"");
    }

    @Test
    void aPhoneNeedsNoScrollingSideways() {
        page.setViewportSize(360, 640);
        button("Ann").click();
        assertThat(output("Text")).containsText("Ann");
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    }
}
