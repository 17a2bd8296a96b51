package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Links by which others read a conversation. */
final class ChatSharingTest extends ChatInBrowser {
    private static final String TURN =
            "{'data':['secret'],'conversation':{'id':'c1','title':'Mine','message':'m1','parent':'','reply':'r1'}}";

    private String share(String title) {
        button("More for “" + title + "”").click();
        menuItem("Share").click();
        button("Make a link").click();
        return page.getByLabel("Link", new Page.GetByLabelOptions().setExact(true))
                .inputValue();
    }

    @Test
    void othersReadWhatIsSharedAndWhatIsAddedUntilTheLinkIsTakenBack() {
        sendAndWait("markdown", "bold");
        String link = share("markdown");
        assertThat(link).matches(running.url() + "/share/[0-9a-f]{32}");
        page.keyboard().press("Escape");

        try (BrowserContext elsewhere = chromium.newContext(390, 800)) {
            Page reader = elsewhere.newPage();
            reader.navigate(link);
            assertThat(reader.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .hasText("markdown");
            assertThat(reader.locator(".message.assistant strong")).hasText("bold");
            assertThat(reader.locator("textarea, [title=Edit], [title='Ask again'], [title='Good reply']"))
                    .hasCount(0);
            assertThat(Axe.violations(reader)).isEmpty();
            sendAndWait("later", "You said: later");
            reader.reload();
            assertThat(reader.locator(".message")).hasCount(4);

            button("More").click();
            menuItem("Share").click();
            assertThat(page.getByLabel("Link", new Page.GetByLabelOptions().setExact(true)))
                    .hasValue(link);
            button("Take the link back").click();
            assertThat(button("Make a link")).isVisible();
            reader.reload();
            assertThat(reader.locator(".failure")).hasText("Nothing is shared by this link, or not any more.");
        }
    }

    @Test
    void onlyTheOwnerSharesAndNobodyFindsAnotherWay() throws Exception {
        ChatInterface parrot = ChatInterface.of((message, history) -> message);
        try (RunningPage open = parrot.port(0).quiet().launch();
                Browser browser = new Browser(open)) {
            String ann = cookie(browser);
            browser.post("/stream/chat", TURN, "Cookie", ann);
            String address = "/conversations/c1/share";
            assertThat(browser.get(address, "Cookie", ann).body()).isEqualTo("{\"token\":null}");
            assertThat(browser.post(address, "", "Cookie", cookie(browser)).statusCode())
                    .isEqualTo(404);
            String foreign = "https://elsewhere.example";
            assertThat(browser.post(address, "", "Cookie", ann, "Origin", foreign)
                            .statusCode())
                    .isEqualTo(403);

            String token = Browser.json(browser.post(address, "", "Cookie", ann))
                    .path("token")
                    .stringValue();
            assertThat(browser.get("/shared/" + token).body())
                    .contains("\"title\":\"Mine\"", "secret")
                    .doesNotContain("\"settings\"", "\"id\"", "\"feedback\"");
            assertThat(browser.get("/share/" + token).headers().firstValue("x-robots-tag"))
                    .hasValue("noindex");
            assertThat(browser.get("/shared/" + token.replace(token.charAt(0), 'x'))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(browser.get("/share/none").statusCode()).isEqualTo(404);
            assertThat(browser.send("DELETE", address, "", "Cookie", cookie(browser))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(browser.send("DELETE", address, "", "Cookie", ann).statusCode())
                    .isEqualTo(200);
            assertThat(browser.get("/shared/" + token).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aLinkNeedsNoLoginThoughThePageDoes() throws Exception {
        ChatInterface locked = ChatInterface.of((message, history) -> message).auth("ann", "secret");
        try (RunningPage closed = locked.port(0).quiet().launch();
                Browser browser = new Browser(closed)) {
            String ann = browser.login("ann", "secret")
                    .headers()
                    .firstValue("set-cookie")
                    .orElseThrow();
            browser.post("/stream/chat", TURN, "Cookie", ann);
            String token = Browser.json(browser.post("/conversations/c1/share", "", "Cookie", ann))
                    .path("token")
                    .stringValue();

            assertThat(browser.get("/conversations/c1").statusCode()).isEqualTo(401);
            Page reader = context.newPage();
            reader.navigate(closed.url() + "/share/" + token);
            assertThat(reader.locator(".message.user .body")).hasText("secret");
        }
    }

    @Test
    void aLinkShowsTheFilesOfItsConversationAndNoOthers() throws Exception {
        ChatInterface locked = ChatInterface.of((message, history) -> message)
                .multimodal("image/*", ".txt")
                .auth("ann", "secret");
        try (RunningPage closed = locked.port(0).quiet().launch();
                Browser browser = new Browser(closed)) {
            String ann = browser.login("ann", "secret")
                    .headers()
                    .firstValue("set-cookie")
                    .orElseThrow();
            String shown = upload(browser, "a #1.txt", ann);
            String other = upload(browser, "other.txt", ann);
            String turn = "{'data':[{'text':'look','files':[{'path':'%s','orig_name':'a #1.txt'}]}],"
                    + "'conversation':{'id':'%s','title':'Mine','message':'m1','parent':'','reply':'r1'}}";
            browser.post("/stream/chat", turn.formatted(shown, "c1"), "Cookie", ann);
            browser.post("/stream/chat", turn.formatted(other, "c2"), "Cookie", ann);
            String token = Browser.json(browser.post("/conversations/c1/share", "", "Cookie", ann))
                    .path("token")
                    .stringValue();

            Page reader = context.newPage();
            reader.navigate(closed.url() + "/share/" + token);
            Download download = reader.waitForDownload(
                    () -> reader.locator(".attached a[download]").click());
            assertThat(Files.readString(download.path())).isEqualTo("about a #1.txt");
            String below = "/shared/" + token + "/file=";
            String name = shown.replace(" ", "%20").replace("#", "%23");
            assertThat(browser.get(below + name).body()).isEqualTo("about a #1.txt");
            assertThat(browser.get("/file=" + name).statusCode())
                    .as("without the link")
                    .isEqualTo(401);
            assertThat(browser.get(below + other).statusCode())
                    .as("another conversation's file")
                    .isEqualTo(404);
            assertThat(browser.get(below + "../" + other).statusCode()).isGreaterThanOrEqualTo(400);
            browser.send("DELETE", "/conversations/c1/share", "", "Cookie", ann);
            assertThat(browser.get(below + name).statusCode())
                    .as("a link that was taken back")
                    .isEqualTo(404);
        }
    }

    private static String upload(Browser browser, String name, String cookie) throws Exception {
        return Browser.json(browser.upload(name, "about " + name, "Cookie", cookie))
                .path(0)
                .stringValue();
    }

    private static String cookie(Browser browser) throws Exception {
        String cookie = browser.get("/").headers().firstValue("set-cookie").orElse("");
        return cookie.substring(0, cookie.indexOf(';'));
    }
}
