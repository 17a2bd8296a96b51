package dev.confab.ui;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium of this machine, started once for all tests of a class. Where there is none, tests that need it are skipped
 * and say so, unless {@code CONFAB_REQUIRE_CHROMIUM} is set.
 */
public final class Chromium implements AutoCloseable {
    private static final double SECONDS = 1000;
    /** Long, for machines that do other work too: nothing waits for it but a test that fails. */
    private static final double TIMEOUT = 60 * SECONDS;

    private static final List<String> PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final List<String> problems = new ArrayList<>();

    private Chromium(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    /** The browser, or a skipped test. */
    public static Chromium start() {
        Optional<Path> executable = Stream.concat(Stream.ofNullable(System.getenv("CONFAB_CHROMIUM")), PLACES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (executable.isEmpty()) {
            if (System.getenv("CONFAB_REQUIRE_CHROMIUM") != null) {
                throw new AssertionError("Chromium was not found, but CONFAB_REQUIRE_CHROMIUM asks for it");
            }
            System.out.println("SKIPPED: Chromium was not found, so the pages were not tried in a browser");
            Assumptions.abort("Chromium was not found");
        }
        return new Chromium(executable.orElseThrow());
    }

    /** A browser of its own for a test, with nothing kept from others. */
    public BrowserContext newContext(int width, int height) {
        return newContext(width, height, "en-GB");
    }

    /** One whose user reads a language. */
    BrowserContext newContext(int width, int height, String locale) {
        problems.clear();
        BrowserContext context = browser.newContext(
                new NewContextOptions().setViewportSize(width, height).setLocale(locale));
        context.setDefaultTimeout(TIMEOUT);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                problems.add(message.text());
            }
        });
        context.onWebError(error -> problems.add(error.error()));
        return context;
    }

    /** What scripts complained of since the context was made, such as breaches of the security policy. */
    public List<String> problems() {
        return problems;
    }

    /** Opens a page and waits until it is there. */
    static Page open(BrowserContext context, RunningPage running) {
        Page page = context.newPage();
        page.navigate(running.url() + "/");
        page.waitForSelector("main");
        return page;
    }

    @Override
    public void close() {
        try {
            playwright.close();
        } catch (PlaywrightException e) {
            System.out.println("Chromium ended before it was told to: " + e.getMessage());
        }
    }
}
