package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import dev.confab.ui.conversation.ConversationStore;
import dev.confab.ui.conversation.MemoryConversationStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Conversations on the page of a chat: the list of them, what is kept of each, and what survives. */
final class ChatConversationsTest extends ChatInBrowser {
    @Test
    void aConversationGoesOnAndIsThereAgainAfterTheFunctionSawItsHistory() {
        assertThat(page.locator(".welcome")).containsText("It repeats what you say.");
        button("Say hello").click();
        assertThat(replies().last()).hasText("You said: Say hello (0 before, volume 3.0, seed null)");

        sendAndWait("again", "You said: again (2 before");
        page.reload();

        assertThat(replies()).hasCount(2);
        assertThat(page.locator(".message.user .body").first()).hasText("Say hello");
        assertThat(chromium.problems()).isEmpty();
    }

    @Test
    void aReplyComesOnAfterThePageWasLoadedAgain() {
        send("wait for reload");
        assertThat(replies()).hasText("The beginning");
        page.reload();
        assertThat(replies()).hasText("The beginning");
        goOn("wait for reload");

        assertThat(replies()).hasText("The beginning and the end.");
        assertThat(page.locator(".message.assistant")).hasAttribute("aria-busy", "false");
    }

    @Test
    void whereAConversationCannotBeKeptThePersonGetsTheReplyAndIsToldSo() {
        var breaking = new FailingStore();
        ChatInterface chat = ChatInterface.of((message, history) -> {
                    breaking.fail();
                    return "You said: " + message;
                })
                .conversations(breaking.store());
        try (RunningPage other = chat.port(0).quiet().launch()) {
            page = Chromium.open(context, other);
            send("hello");

            assertThat(replies()).hasText("You said: hello");
            assertThat(page.locator(".notice")).containsText("could not keep this conversation");
        }
    }

    @Test
    void conversationsAreFoundRenamedExportedDeletedAndBroughtBack() throws Exception {
        sendAndWait("apples", "You said: apples");
        button("New conversation").first().click();
        sendAndWait("pears", "You said: pears");
        Locator list = page.locator(".conversations .open");
        assertThat(list).hasText(new String[] {"pears", "apples"});

        page.getByRole(AriaRole.SEARCHBOX).fill("said: APPLES");
        assertThat(list).hasText(new String[] {"apples"});
        button("More for “apples”").click();
        menuItem("Rename").click();
        page.getByLabel("Title").fill("Fruit");
        button("Save").click();
        assertThat(list).hasText(new String[] {"Fruit"});
        page.getByRole(AriaRole.SEARCHBOX).fill("");
        assertThat(list).hasText(new String[] {"pears", "Fruit"});

        button("More for “Fruit”").click();
        Download markdown =
                page.waitForDownload(() -> menuItem("Export as Markdown").click());
        assertThat(markdown.suggestedFilename()).isEqualTo("Fruit.md");
        assertThat(Files.readString(markdown.path()))
                .contains("# Fruit\n", "## You\n\napples\n", "## Reply\n\nYou said: apples");
        button("More for “Fruit”").click();
        Path json =
                page.waitForDownload(() -> menuItem("Export as JSON").click()).path();

        button("More for “Fruit”").click();
        menuItem("Delete").click();
        assertThat(list).hasText(new String[] {"pears"});
        button("Undo").click();
        assertThat(list).hasText(new String[] {"pears", "Fruit"});
        page.setInputFiles(".sidebar input[type=file]", json);
        assertThat(list).hasCount(3);
        assertThat(replies()).containsText("You said: apples");
        page.setInputFiles(".sidebar input[type=file]", markdown.path());
        assertThat(list).hasCount(4);
        assertThat(replies()).containsText("You said: apples");
        assertThat(page.locator(".message.user .body")).hasText("apples");
    }

    @Test
    void settingsGoWithTheMessagesAndAreRemembered() {
        button("Settings").click();
        page.getByLabel("Volume").fill("7");
        page.keyboard().press("Escape");
        page.reload();
        sendAndWait("hello", "volume 7.0");
    }

    @Test
    void eachConversationHasSettingsOfItsOwn() {
        setVolume("7");
        sendAndWait("loud", "volume 7.0");
        button("New conversation").first().click();
        setVolume("2");
        sendAndWait("quiet", "volume 2.0");
        page.locator(".conversations .open")
                .filter(new Locator.FilterOptions().setHasText("loud"))
                .click();
        assertThat(page.locator(".message.user .body")).hasText("loud");
        sendAndWait("still loud", "volume 7.0, seed null");

        setVolume("9");
        page.reload();
        sendAndWait("louder", "volume 9.0");
        button("Settings").click();
        page.getByLabel("Seed").fill("42");
        page.keyboard().press("Escape");
        sendAndWait("by chance", "volume 9.0, seed 42.0");
    }

    private void setVolume(String volume) {
        button("Settings").click();
        page.getByLabel("Volume").fill(volume);
        page.keyboard().press("Escape");
    }

    @Test
    void conversationsSurviveARestartWithAStoreThatDoes() {
        ConversationStore store = new MemoryConversationStore(1 << 20, Duration.ofDays(1));
        RunningPage first = chat().conversations(store).launch();
        int port = first.port();
        page = Chromium.open(context, first);
        sendAndWait("before", "You said: before");
        send("wait for restart");
        assertThat(replies().last()).hasText("The beginning");
        first.close();
        assertThat(page.locator(".message.assistant").last()).hasAttribute("aria-busy", "false");

        try (RunningPage second = chat().conversations(store).port(port).launch()) {
            page.navigate(second.url() + "/");
            assertThat(replies().first()).containsText("You said: before");
            assertThat(replies().last()).hasText("The beginning");
            button("Ask again").last().click();
            goOn("wait for restart");
            assertThat(replies().last()).hasText("The beginning and the end.");
            sendAndWait("after", "You said: after (4 before");
        }
    }

    @Test
    void aServerThatForgotTheConversationGetsItFromTheOpenPage() {
        RunningPage first = chat().launch();
        int port = first.port();
        page = Chromium.open(context, first);
        sendAndWait("before", "You said: before");
        first.close();

        try (RunningPage second = chat().port(port).launch()) {
            sendAndWait("after", "You said: after (2 before");
            assertThat(page.locator(".conversations .open")).hasText("before");
            page.navigate(second.url() + "/");
            assertThat(replies()).hasCount(2);
        }
    }

    @Test
    void tabsShowWhatOthersChange() {
        sendAndWait("one", "You said: one");
        Page other = Chromium.open(context, running);
        Locator list = other.locator(".conversations .open");
        assertThat(list).hasText("one");
        list.click();
        assertThat(other.locator(".message.assistant .body")).containsText("You said: one");
        sendAndWait("two", "You said: two");

        assertThat(other.locator(".message.assistant .body").last()).containsText("You said: two");
    }

    @Test
    void anotherBrowserSeesNothingOfIt() {
        sendAndWait("secret", "You said: secret");
        try (BrowserContext stranger = chromium.newContext(1200, 800)) {
            Page other = Chromium.open(stranger, running);

            assertThat(other.locator(".welcome")).isVisible();
            assertThat(other.locator(".conversations .open")).hasCount(0);
        }
    }

    @Test
    void aLongListIsShownBitByBit() {
        for (int i = 0; i < 55; i++) {
            String body = "{\"title\":\"talk " + i + "\",\"updated\":" + i + "}";
            RequestOptions options = RequestOptions.create()
                    .setHeader("Content-Type", "application/json")
                    .setData(body);
            page.request().put(running.url() + "/conversations/c" + i, options);
        }
        page.reload();
        Locator list = page.locator(".conversations .open");
        assertThat(list).hasCount(50);
        button("Show more").click();

        assertThat(list).hasCount(55);
        assertThat(list.last()).hasText("talk 0");
        assertThat(list.nth(50)).isFocused();
        assertThat(button("Show more")).isHidden();
    }

    @Test
    void anOpinionIsLoggedWithItsComment() throws Exception {
        sendAndWait("hello", "You said: hello");
        button("Bad reply").click();
        page.getByLabel("What was it about this reply? (optional)").fill("too dull");
        button("Send").last().click();

        assertThat(button("Bad reply")).hasAttribute("aria-pressed", "true");
        page.reload();
        assertThat(button("Bad reply")).hasAttribute("aria-pressed", "true");
        assertThat(Files.readString(folder.resolve("flags.jsonl")))
                .contains("\"message\":\"hello\"", "\"flag\":\"Dislike\"", "\"comment\":\"too dull\"");
    }
}
