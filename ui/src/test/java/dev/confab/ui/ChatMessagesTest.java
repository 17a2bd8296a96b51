package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import org.junit.jupiter.api.Test;

/** Messages and replies on the page of a chat. */
final class ChatMessagesTest extends ChatInBrowser {
    @Test
    void markdownIsShownAndNothingInItRuns() {
        sendAndWait("markdown", "bold");

        assertThat(replies().locator("h2")).hasText("Heading");
        assertThat(replies().locator("strong")).hasText("bold");
        assertThat(replies().locator("figure figcaption")).containsText("java");
        assertThat(replies().locator(".code-comment")).hasText("// one");
        assertThat(replies().locator("td")).hasCount(2);
        assertThat(replies().locator("img, script, form, input, [onerror], a[href^=javascript]"))
                .hasCount(0);
        assertThat(replies().locator("a[href='https://example.org/spy.png']")).hasText("there");
        assertThat(page.evaluate("window.attacked")).isNull();
        assertThat(chromium.problems()).isEmpty();
    }

    @Test
    void aStoppedReplyKeepsItsBeginning() {
        send("wait for stop");
        assertThat(replies()).hasText("The beginning");
        assertThat(page.locator(".message.assistant")).hasAttribute("aria-busy", "true");
        button("Stop").click();

        assertThat(page.locator(".message.assistant .note")).hasText("Stopped");
        assertThat(replies()).hasText("The beginning");
        assertThat(field()).isFocused();
    }

    @Test
    void askingAgainAndEditingBeginBranchesThatCanBeSwitched() {
        sendAndWait("one", "You said: one");
        button("Ask again").click();
        Locator branches = page.locator(".branches");
        assertThat(branches).hasText("2/2");
        button("Version before").click();
        assertThat(branches).hasText("1/2");

        page.locator(".message.user").hover();
        button("Edit").click();
        Locator editor = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Edit your message"));
        editor.fill("two");
        editor.press("Enter");

        assertThat(replies()).hasCount(1);
        assertThat(replies()).containsText("You said: two (0 before");
        assertThat(branches).hasText("2/2");
        button("Version before").click();
        assertThat(page.locator(".message.user .body")).hasText("one");
    }

    @Test
    void undoTakesTheLastMessageBackIntoTheField() {
        sendAndWait("first", "You said: first");
        sendAndWait("second", "You said: second");
        button("Take back the last message").click();

        assertThat(replies()).hasCount(1);
        assertThat(field()).hasValue("second");
        field().press("Enter");
        assertThat(replies().last()).containsText("You said: second (2 before");
    }

    @Test
    void aFailureIsToldAndTheMessageCanBeSentAgain() {
        failures = 0;
        send("fail-once");
        assertThat(page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("asleep")))
                .isVisible();
        button("Try again").click();

        assertThat(replies()).hasText("Awake now.");
        assertThat(page.locator(".failure")).hasCount(0);
        assertThat(page.locator(".message")).hasCount(2);
    }

    @Test
    void aServerThatIsGoneIsToldAndTheMessageKept() {
        context.setOffline(true);
        send("hello");
        assertThat(page.locator(".failure")).containsText("The server cannot be reached");
        context.setOffline(false);
        button("Try again").click();

        assertThat(replies()).containsText("You said: hello (0 before");
    }

    @Test
    void aReaderWhoScrolledAwayIsLeftThere() {
        sendAndWait("long", "A paragraph");
        send("wait for reader");
        assertThat(replies().last()).hasText("The beginning");
        page.locator(".scroll").hover();
        page.mouse().wheel(0, -600);
        assertThat(button("Jump to the newest message")).isVisible();
        Object before = page.evaluate("document.querySelector('.scroll').scrollTop");
        goOn("wait for reader");
        assertThat(replies().last()).hasText("The beginning and the end.");

        assertThat(page.evaluate("document.querySelector('.scroll').scrollTop")).isEqualTo(before);
        button("Jump to the newest message").click();
        assertThat(button("Jump to the newest message")).isHidden();
    }

    @Test
    void belowAReplyIsHowQuickItWas() {
        sendAndWait("measured", "Quick.");

        assertThat(page.locator(".speed")).hasText("0.25 s to the first word · 43 tokens/s");
        page.reload();
        assertThat(page.locator(".speed")).hasText("0.25 s to the first word · 43 tokens/s");
    }

    @Test
    void howFarAReplyIsIsShownUntilItComes() {
        send("progress of a thought");
        assertThat(page.locator(".message.assistant .note")).hasText("Thinking");
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).hasAttribute("value", "0.5");
        goOn("progress of a thought");

        assertThat(replies()).hasText("Thought.");
        assertThat(page.locator(".message.assistant .note")).isHidden();
    }

    @Test
    void thePageSaysWhatWasSaidBefore() {
        String history = "[{'role':'user','content':'x'},{'role':'assistant','content':'y'}]";
        assertThat(stream(history)).contains("2 before");
        assertThat(stream(history.replace("user", "nobody"))).contains("the role is 'nobody'");
    }

    private String stream(String history) {
        String body = "{'data':['hi'],'history':" + history + "}";
        RequestOptions options = RequestOptions.create()
                .setHeader("Content-Type", "application/json")
                .setData(body.replace('\'', '"'));
        return page.request().post(running.url() + "/stream/chat", options).text();
    }
}
