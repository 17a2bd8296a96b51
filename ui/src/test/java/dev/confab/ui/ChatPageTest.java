package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import dev.confab.ui.call.UserError;
import dev.confab.ui.component.Slider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a chat as a user has it, in a real browser. */
final class ChatPageTest {
    private static final String MARKDOWN = "# Heading\n\nSome **bold** text.\n\n```java\nint x = 1; // one\n```\n\n"
            + "| a | b |\n|---|---|\n| 1 | 2 |\n\n"
            + "<img src=x onerror=\"window.attacked = true\"><script>window.attacked = true</script>"
            + "<a href=\"javascript:window.attacked = true\">click</a>"
            + "<form action=\"https://example.org\"><input name=\"password\"></form>"
            + "![there](https://example.org/spy.png)\n";

    @TempDir
    private static Path folder;

    private static Chromium chromium;
    private static RunningPage running;

    /** Replies that wait in their middle, by their messages. */
    private static final Map<String, CountDownLatch> WAITING = new ConcurrentHashMap<>();

    private static int failures;

    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        running = ChatInterface.streaming(ChatPageTest::reply)
                .title("Parrot")
                .description("It *repeats* what you say.")
                .example("Say hello")
                .additionalInputs(Slider.of("Volume", 0, 10).withValue(3.0))
                .flagging(folder.resolve("flags.jsonl"), "Like", "Dislike")
                .port(0)
                .quiet()
                .launch();
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

    /** What the tests' messages ask for is their first word. */
    private static void reply(ChatTurn turn, ReplyWriter out) throws InterruptedException {
        String message = turn.message();
        switch (message.replaceFirst(" .*", "")) {
            case "markdown" -> out.write(MARKDOWN);
            case "fail-once" -> {
                if (failures++ == 0) {
                    throw new UserError("The parrot is asleep.");
                }
                out.write("Awake now.");
            }
            case "wait" -> {
                out.write("The beginning");
                WAITING.computeIfAbsent(message, _ -> new CountDownLatch(1)).await();
                out.write(" and the end.");
            }
            case "long" -> out.write("A paragraph of some words.\n\n".repeat(60));
            case "wide" -> out.write("x".repeat(500) + "\n\n```\n" + "y".repeat(500) + "\n```");
            default -> {
                out.write("You said: ");
                out.write(message);
                out.write(" (" + turn.history().size() + " before, volume " + turn.input("Volume") + ")");
            }
        }
    }

    private static void goOn(String message) {
        WAITING.computeIfAbsent(message, _ -> new CountDownLatch(1)).countDown();
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

    private Locator field() {
        return page.getByRole(
                AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message").setExact(true));
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator replies() {
        return page.locator(".message.assistant .body");
    }

    private void send(String message) {
        field().fill(message);
        field().press("Enter");
    }

    private void sendAndWait(String message, String reply) {
        send(message);
        assertThat(page.locator(".message.assistant[aria-busy=false] .body").last())
                .containsText(reply);
    }

    @Test
    void aConversationGoesOnAndIsThereAgainAfterTheFunctionSawItsHistory() {
        assertThat(page.locator(".welcome")).containsText("It repeats what you say.");
        button("Say hello").click();
        assertThat(replies().last()).hasText("You said: Say hello (0 before, volume 3.0)");

        sendAndWait("again", "You said: again (2 before");
        page.reload();

        assertThat(replies()).hasCount(2);
        assertThat(page.locator(".message.user .body").first()).hasText("Say hello");
        assertThat(chromium.problems()).isEmpty();
    }

    @Test
    void markdownIsShownAndNothingInItRuns() {
        sendAndWait("markdown", "bold");

        assertThat(replies().locator("h1")).hasText("Heading");
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

    private Locator menuItem(String name) {
        return page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name));
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
    void anOpinionIsLoggedWithItsComment() throws Exception {
        sendAndWait("hello", "You said: hello");
        button("Bad reply").click();
        page.getByLabel("What was it about this reply? (optional)").fill("too dull");
        button("Send").last().click();

        assertThat(button("Bad reply")).hasAttribute("aria-pressed", "true");
        assertThat(Files.readString(folder.resolve("flags.jsonl")))
                .contains("\"message\":\"hello\"", "\"flag\":\"Dislike\"", "\"comment\":\"too dull\"");
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
