package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
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

    private static String cookie(Browser browser) throws Exception {
        String cookie = browser.get("/").headers().firstValue("set-cookie").orElse("");
        return cookie.substring(0, cookie.indexOf(';'));
    }
}
