package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page in other languages. */
final class LanguageTest {
    private static final String ARABIC =
            "{\"language\":\"العربية\",\"direction\":\"rtl\",\"texts\":{\"send\":\"إرسال\",\"message\":\"رسالة\"}}";

    @TempDir
    Path folder;

    private static ChatInterface parrot() {
        return ChatInterface.of((message, history) -> "**" + message + "**\n\nYou said it.")
                .title("Parrot")
                .port(0)
                .quiet();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de-AT,de;q=0.8,en;q=0.5 | '' | de",
                "fr,en-US;q=0.7,de;q=0.2 | '' | en",
                "en-US,de;q=0.9 | '' | en",
                "fr | '' | en",
                "no language; | '' | en",
                "en | confab-language=de | de",
                "de | confab-language=xx | de"
            })
    void theBrowsersWishesDecideUntilTheReaderChooses(String accepted, String cookie, String language)
            throws Exception {
        try (RunningPage page = parrot().launch();
                Browser browser = new Browser(page)) {
            String[] headers = {"Accept-Language", accepted, "Cookie", cookie};

            assertThat(browser.getJson("/locale.json", headers).path("language").stringValue())
                    .isEqualTo(language);
            assertThat(browser.get("/", headers).body()).contains("<html lang=\"" + language + "\" dir=\"ltr\">");
        }
    }

    @Test
    void theLoginIsInTheReadersLanguageToo() throws Exception {
        try (RunningPage page = parrot().auth("ann", "secret").launch();
                Browser browser = new Browser(page)) {
            assertThat(browser.get("/", "Accept-Language", "de").body()).contains("Benutzername", ">Anmelden</button>");
        }
    }

    @Test
    void theApiPageIsInTheReadersLanguageToo() throws Exception {
        try (RunningPage page =
                        parrot().description("{{text.send}} {{text.nothing}}").launch();
                Browser browser = new Browser(page)) {
            assertThat(browser.get("/api", "Accept-Language", "de").body())
                    .contains("Zurück zur Seite", "<td>geht nicht</td>", "<h2>Aufrufen</h2>")
                    .doesNotContain("{{");
        }
    }

    @Test
    void allLocalesHaveTheSameTextsWithTheSamePlaces() {
        Map<String, String> english = places("en");
        assertThat(english).hasSizeGreaterThan(80);

        assertThat(places("de")).isEqualTo(english);
    }

    /** For each text the places that are filled in, in alphabetic order. */
    private static Map<String, String> places(String code) {
        JsonNode locale = JsonMapper.shared()
                .readTree(LanguageTest.class.getResourceAsStream("/dev/confab/ui/page/locale/" + code + ".json"));
        Map<String, String> places = new TreeMap<>();
        collect(locale.path("texts"), "", places);
        return places;
    }

    private static void collect(JsonNode texts, String path, Map<String, String> places) {
        texts.properties().forEach(text -> {
            if (text.getValue().isObject()) {
                collect(text.getValue(), path + text.getKey() + ".", places);
            } else {
                assertThat(text.getValue().stringValue()).as(text.getKey()).isNotBlank();
                String names = text.getValue().stringValue().replaceAll("[^{}]*(\\{\\w+})?", "$1");
                places.put(
                        path + text.getKey(),
                        names.chars()
                                .sorted()
                                .mapToObj(Character::toString)
                                .toList()
                                .toString());
            }
        });
    }

    @Test
    void authorsAddLanguagesAndChangeTexts() throws Exception {
        Path arabic = Files.writeString(folder.resolve("ar.json"), ARABIC);
        Path own = Files.writeString(folder.resolve("en.json"), "{\"texts\":{\"send\":\"Squawk\"}}");
        try (RunningPage page = parrot().locale(arabic).locale(own).launch();
                Browser browser = new Browser(page)) {
            JsonNode locale = browser.getJson("/locale.json", "Accept-Language", "ar-EG");
            assertThat(locale.path("languages").findValuesAsString("name"))
                    .containsExactly("English", "Deutsch", "العربية");
            assertThat(locale.at("/texts/send").stringValue()).isEqualTo("إرسال");
            assertThat(locale.at("/texts/stop").stringValue()).isEqualTo("Stop");
            assertThat(browser.get("/", "Accept-Language", "ar").body()).contains("<html lang=\"ar\" dir=\"rtl\">");
            JsonNode english = browser.getJson("/locale.json");
            assertThat(english.at("/texts/send").stringValue()).isEqualTo("Squawk");
            assertThat(english.at("/texts/stop").stringValue()).isEqualTo("Stop");
        }
    }

    @Test
    void aLocaleThatIsWrongIsRefusedWhenThePageIsLaunched() throws Exception {
        Path unknown = Files.writeString(folder.resolve("fr.json"), "{\"texts\":{\"sned\":\"Envoyer\"}}");
        Path broken = Files.writeString(folder.resolve("it.json"), "{");
        Path shape = Files.writeString(folder.resolve("es.json"), "{\"texts\":{\"speed\":\"rápido\"}}");

        assertThatThrownBy(() -> parrot().locale(unknown).launch())
                .hasMessageContaining("'sned' is no text of the page");
        assertThatThrownBy(() -> parrot().locale(broken).launch()).hasMessageContaining("it.json is not JSON");
        assertThatThrownBy(() -> parrot().locale(shape).launch()).hasMessageContaining("'speed' is not a OBJECT");
        assertThatThrownBy(() -> parrot().locale(Path.of("french"))).hasMessageContaining("such as fr.json");
    }

    @Test
    void aReaderChoosesTheLanguageInTheMenu() {
        try (Chromium chromium = Chromium.start();
                RunningPage running = parrot().launch();
                BrowserContext context = chromium.newContext(1200, 800)) {
            Page page = Chromium.open(context, running);
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("More").setExact(true))
                    .click();
            page.getByRole(AriaRole.MENUITEMRADIO, new Page.GetByRoleOptions().setName("Language: Deutsch"))
                    .click();

            assertThat(page.getByPlaceholder("Schreib eine Nachricht…")).isVisible();
            page.reload();
            assertThat(page.getByPlaceholder("Schreib eine Nachricht…")).isVisible();
            assertThat(page.locator("html")).hasAttribute("lang", "de");
        }
    }

    @Test
    void aLanguageFromRightToLeftTurnsThePageAround() throws Exception {
        Path arabic = Files.writeString(folder.resolve("ar.json"), ARABIC);
        try (Chromium chromium = Chromium.start();
                RunningPage running = parrot().locale(arabic).launch();
                BrowserContext context = chromium.newContext(1200, 800, "ar-EG")) {
            Page page = Chromium.open(context, running);
            send(page, "مرحبا بالعالم");
            send(page, "hello");
            Locator replies = page.locator(".message.assistant .body");
            assertThat(replies).hasCount(2);
            assertThat(replies.last().locator("strong")).hasText("hello");

            assertThat(left(page, ".sidebar")).isGreaterThan(600);
            assertThat(left(page, ".composer .send")).isLessThan(left(page, ".composer textarea"));
            assertThat(direction(replies.first().locator("p").first())).isEqualTo("rtl");
            assertThat(direction(replies.last().locator("p").first())).isEqualTo("ltr");
            assertThat(direction(page.locator(".message.user .body").last())).isEqualTo("ltr");
            page.setViewportSize(390, 800);
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
            page.locator("#menu").click();
            assertThat(page.locator(".sidebar")).isInViewport();
            await().pollInSameThread()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> page.evaluate("document.querySelector('.sidebar').getBoundingClientRect().right")
                            .equals(390));
            assertThat(chromium.problems()).isEmpty();
        }
    }

    private static void send(Page page, String message) {
        page.locator(".composer textarea").fill(message);
        page.keyboard().press("Enter");
        assertThat(page.locator(".message.assistant[aria-busy=false] strong").last())
                .hasText(message);
    }

    private static double left(Page page, String selector) {
        BoundingBox box = page.locator(selector).boundingBox();
        return box.x;
    }

    private static Object direction(Locator element) {
        return element.evaluate("element => getComputedStyle(element).direction");
    }
}
