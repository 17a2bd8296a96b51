package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page of a chat does besides: times, pictures, thoughts, drafts, conversations that are not kept. */
final class ChatDetailsTest extends ChatInBrowser {
    private static final Pattern SOMETHING = Pattern.compile(".+");

    @Test
    void messagesSayWhenTheyWereSaid() {
        Instant before = Instant.now();
        sendAndWait("hello", "You said: hello");
        Locator times = page.locator(".message time");
        assertThat(times).hasCount(2);
        String at = times.first().getAttribute("datetime");
        assertThat(Instant.parse(at))
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        assertThat(times.first()).hasText(Pattern.compile("\\d\\d:\\d\\d"));
        page.reload();
        assertThat(times.first()).isVisible();
        assertThat(Instant.parse(times.first().getAttribute("datetime")))
                .as("the server's clock")
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
    }

    @Test
    void theWholeConversationIsCopied() {
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        sendAndWait("one", "You said: one");
        sendAndWait("two", "You said: two");
        button("More").click();
        menuItem("Copy the conversation").click();
        assertThat(page.locator(".notice")).containsText("Copied");

        assertThat(page.evaluate("navigator.clipboard.readText()").toString())
                .contains("# one", "## You\n\none\n", "## Reply\n\nYou said: two");
    }

    @Test
    void whatAModelThinksIsFoldedAwayAndNotCopied() {
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        send("think of it");
        Locator thoughts = page.locator(".message.assistant details");
        assertThat(thoughts.locator("summary")).hasText("Thinking…");
        assertThat(page.locator(".message.assistant .answer")).hasText("");
        goOn("think of it");
        assertThat(page.locator(".message.assistant .answer")).hasText("The answer.");

        assertThat(thoughts).not().hasAttribute("open", SOMETHING);
        assertThat(thoughts.locator("em")).isHidden();
        thoughts.locator("summary").click();
        assertThat(thoughts.locator("em")).hasText("this");
        button("Copy").last().click();
        page.waitForCondition(
                () -> page.evaluate("navigator.clipboard.readText()").equals("The answer."));
    }

    @Test
    void picturesStandBesideTheMessages() throws IOException {
        Path picture = Files.writeString(
                folder.resolve("bot.svg"), "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>");
        try (RunningPage pictured =
                chat().avatars(null, picture).auth("ann", "secret").launch()) {
            assertThat(page.request().get(pictured.url() + "/avatar/assistant").headers())
                    .containsEntry("content-type", "image/svg+xml");
            assertThat(page.request().get(pictured.url() + "/avatar/user").status())
                    .isEqualTo(404);
        }
        try (RunningPage pictured = chat().avatars(null, picture).launch()) {
            page = Chromium.open(context, pictured);
            sendAndWait("hello", "You said: hello");
            assertThat(page.locator(".message.assistant img.avatar")).isVisible();
            assertThat(page.locator(".message.user img.avatar")).hasCount(0);
        }
    }

    @Test
    void aConversationThatIsTemporaryIsNotSaved() {
        button("Temporary conversation").click();
        assertThat(page.locator(".welcome")).containsText("This conversation is not saved");
        sendAndWait("secret", "You said: secret (0 before");
        sendAndWait("more", "You said: more (2 before");
        button("Ask again").last().click();
        assertThat(page.locator(".branches")).hasText("2/2");
        button("Version before").click();
        assertThat(button("Good reply")).hasCount(0);
        field().fill("unsent");
        page.reload();

        assertThat(page.locator(".welcome")).isVisible();
        assertThat(field()).hasValue("");
        assertThat(page.locator(".conversations .open")).hasCount(0);
        assertThat(page.evaluate("JSON.stringify([localStorage, sessionStorage])")
                        .toString())
                .doesNotContain("secret", "unsent");
        assertThat(page.request().get(running.url() + "/conversations").text()).contains("\"items\":[]");
    }

    @Test
    void aDraftSurvivesAndTheKeysOfAnInputMethodDoNotSend() {
        field().fill("日本");
        field().evaluate("""
                (field) => {
                  for (const more of [{ isComposing: true }, { keyCode: 229 }]) {
                    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more }));
                  }
                }""");
        page.reload();

        assertThat(field()).hasValue("日本");
        assertThat(page.locator(".message")).hasCount(0);
        field().press("Enter");
        assertThat(page.locator(".message.user .body")).hasText("日本");
    }

    @Test
    void nearTheLongestMessageThePageCounts() {
        Locator count = page.locator(".composer output");
        field().fill("short");
        assertThat(count).isHidden();
        field().fill("x".repeat(99_990));
        assertThat(count).hasText("99990 of 100000 characters");
        field().press("End");
        page.keyboard().insertText("y".repeat(20));
        assertThat(count).hasText("100000 of 100000 characters");
    }

    @Test
    void systemsCanInstallThePage() {
        assertThat(page.locator("link[rel=manifest]")).hasAttribute("href", "manifest.json");
        var manifest = page.request().get(running.url() + "/manifest.json");
        assertThat(manifest.headers().get("content-type")).startsWith("application/manifest+json");
        assertThat(manifest.text())
                .contains("\"name\":\"Parrot\"", "\"display\":\"standalone\"", "\"sizes\":\"512x512\"");
        for (String icon : List.of("page/icon-192.png", "page/icon-512.png", "favicon.ico")) {
            assertThat(page.evaluate(
                            "async (src) => { const image = new Image(); image.src = src; await image.decode(); return true; }",
                            icon))
                    .as(icon)
                    .isEqualTo(true);
        }
    }
}
