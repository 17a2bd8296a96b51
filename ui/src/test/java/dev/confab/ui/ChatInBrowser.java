package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.confab.ui.call.CallContext;
import dev.confab.ui.call.UserError;
import dev.confab.ui.component.NumberField;
import dev.confab.ui.component.Slider;
import dev.confab.ui.conversation.Timings;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A chat in a real browser, whose replies do what the first words of their messages say. */
abstract class ChatInBrowser {
    static final String MARKDOWN = "# Heading\n\nSome **bold** text.\n\n```java\nint x = 1; // one\n```\n\n"
            + "| a | b |\n|---|---|\n| 1 | 2 |\n\n"
            + "<img src=x onerror=\"window.attacked = true\"><script>window.attacked = true</script>"
            + "<a href=\"javascript:window.attacked = true\">click</a>"
            + "<form action=\"https://example.org\"><input name=\"password\"></form>"
            + "![there](https://example.org/spy.png)\n";

    @TempDir
    static Path folder;

    static Chromium chromium;
    static RunningPage running;

    /** Replies that wait in their middle, by their messages. */
    private static final Map<String, CountDownLatch> WAITING = new ConcurrentHashMap<>();

    /** How many calls of the function have begun and not ended. */
    static final AtomicInteger WORKING = new AtomicInteger();

    static int failures;

    BrowserContext context;
    Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        running = chat().launch();
    }

    static ChatInterface chat() {
        return ChatInterface.streaming(ChatInBrowser::work)
                .title("Parrot")
                .description("It *repeats* what you say.")
                .example("Say hello")
                .additionalInputs(Slider.of("Volume", 0, 10).withValue(3.0), NumberField.of("Seed"))
                .flagging(folder.resolve("flags.jsonl"))
                .port(0)
                .quiet();
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

    private static void work(ChatTurn turn, ReplyWriter out) throws InterruptedException {
        WORKING.incrementAndGet();
        try {
            reply(turn, out);
        } finally {
            WORKING.decrementAndGet();
        }
    }

    /** What the tests' messages ask for is their first word. */
    private static void reply(ChatTurn turn, ReplyWriter out) throws InterruptedException {
        String message = turn.message();
        switch (message.replaceFirst("(?s)\\s.*", "")) {
            case "say" -> out.write(message.substring("say ".length()));
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
            case "silent" -> {
                WAITING.computeIfAbsent(message, _ -> new CountDownLatch(1)).await();
                out.write("Now.");
            }
            case "think" -> {
                out.write("<think>First *this*.");
                WAITING.computeIfAbsent(message, _ -> new CountDownLatch(1)).await();
                out.write("</think>\n\nThe answer.");
            }
            case "long" -> out.write("A paragraph of some words.\n\n".repeat(60));
            case "wide" -> out.write("x".repeat(500) + "\n\n```\n" + "y".repeat(500) + "\n```");
            case "measured" -> {
                out.write("Quick.");
                out.measured(new Timings(0.25, 42.5, Timings.Unit.TOKENS));
            }
            case "progress" -> {
                CallContext.current().progress(0.5, "Thinking");
                WAITING.computeIfAbsent(message, _ -> new CountDownLatch(1)).await();
                out.write("Thought.");
            }
            default -> {
                out.write("You said: ");
                out.write(message);
                out.write(" (" + turn.history().size() + " before, volume " + turn.input("Volume") + ", seed "
                        + turn.input("Seed") + ")");
            }
        }
    }

    static void goOn(String message) {
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

    Locator field() {
        return page.getByRole(
                AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message").setExact(true));
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator replies() {
        return page.locator(".message.assistant .body");
    }

    void send(String message) {
        field().fill(message);
        field().press("Enter");
    }

    void sendAndWait(String message, String reply) {
        send(message);
        assertThat(page.locator(".message.assistant[aria-busy=false] .body").last())
                .containsText(reply);
    }

    Locator menuItem(String name) {
        return page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name));
    }
}
