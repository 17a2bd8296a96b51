package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import dev.confab.ui.component.UploadedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files in the messages of a chat, in and out. */
final class ChatFilesTest extends ChatInBrowser {
    private static final String DOT =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /** Tells what it got, and gives it back. */
    private static RunningPage collector() {
        return ChatInterface.streaming((turn, out) -> {
                    long before = turn.history().stream()
                            .mapToLong(message -> message.files().size())
                            .sum();
                    String names = turn.files().stream().map(UploadedFile::name).collect(Collectors.joining(", "));
                    out.write(turn.message() + ": " + names + " after " + before);
                    turn.files().forEach(file -> out.attach(file.path()));
                    if (turn.files().isEmpty()) {
                        out.offer("More", "Enough");
                    }
                })
                .multimodal("image/*", ".txt")
                .port(0)
                .quiet()
                .launch();
    }

    private void choose(FilePayload... files) {
        page.setInputFiles(".composer input[type=file]", files);
        assertThat(page.locator(".composer .attached li[aria-busy=false]")).hasCount(files.length);
    }

    private static FilePayload picture(String name) {
        return new FilePayload(name, "image/png", Base64.getDecoder().decode(DOT));
    }

    private static FilePayload note(String name) {
        return new FilePayload(name, "text/plain", "a note".getBytes(StandardCharsets.UTF_8));
    }

    private boolean isShown(Locator picture) {
        assertThat(picture).isVisible();
        return (boolean)
                picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth === 1; }");
    }

    @Test
    void filesGoInAndOutAndAreThereAgainWhenThePageIs() {
        try (RunningPage collector = collector()) {
            page = Chromium.open(context, collector);
            choose(picture("a #1.png"), note("b 100%.txt"));
            send("Look");
            assertThat(replies()).hasText("Look: a #1.png, b 100%.txt after 0");
            page.reload();

            assertThat(isShown(page.locator(".message.user .attached img"))).isTrue();
            assertThat(isShown(page.locator(".message.assistant .attached img")))
                    .isTrue();
            assertThat(page.locator(".message.assistant .attached a[download]")).hasText("b 100%.txt");
            assertThat(page.waitForDownload(() -> page.locator(".message.assistant .attached a[download]")
                                    .click())
                            .suggestedFilename())
                    .isEqualTo("b 100%.txt");
            choose(note("c.txt"));
            field().press("Enter");
            assertThat(replies().last()).hasText(": c.txt after 4");
            assertThat(chromium.problems()).isEmpty();
        }
    }

    @Test
    void filesAreDroppedPastedAndTakenAway() {
        try (RunningPage collector = collector()) {
            page = Chromium.open(context, collector);
            page.evaluate("""
                    () => {
                      const files = (name) => {
                        const data = new DataTransfer();
                        data.items.add(new File(["x"], name, { type: "text/plain" }));
                        return data;
                      };
                      const field = document.querySelector(".composer textarea");
                      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: files("pasted.txt"), bubbles: true }));
                      for (const type of ["dragover", "drop"]) {
                        document.querySelector(".messages")
                          .dispatchEvent(new DragEvent(type, { dataTransfer: files("dropped.txt"), bubbles: true, cancelable: true }));
                      }
                    }""");
            Locator attached = page.locator(".composer .attached li[aria-busy=false]");
            assertThat(attached).hasCount(2);
            button("Remove pasted.txt").click();
            assertThat(attached).hasText(new String[] {"dropped.txt"});
            send("One");

            assertThat(replies()).hasText("One: dropped.txt after 0");
            assertThat(attached).hasCount(0);
        }
    }

    @Test
    void whereTheFunctionTakesNoFilesThePageOffersNone() {
        assertThat(field()).isVisible();
        assertThat(button("Attach files")).hasCount(0);
        assertThat(page.locator(".composer input[type=file]")).hasCount(0);
    }

    @Test
    void whatAReplyOffersIsSaidByAButtonOfTheLastReplyAlone() {
        try (RunningPage collector = collector()) {
            page = Chromium.open(context, collector);
            sendAndWait("Hello", "Hello:  after 0");
            page.reload();
            page.locator(".options button").first().click();
            assertThat(replies()).hasCount(2);
            assertThat(page.locator(".message.user .body").last()).hasText("More");
            assertThat(page.locator(".options")).hasCount(1);
            assertThat(page.locator(".message.last .options button")).hasText(new String[] {"More", "Enough"});
        }
    }

    @Test
    void programsSendAndGetMessagesAsGradioWritesThem() throws Exception {
        try (RunningPage collector = collector();
                Browser browser = new Browser(collector)) {
            String path = upload(browser);
            String body = "{'data':[{'text':'Take','files':[{'path':'" + path
                    + "','meta':{'_type':'gradio.FileData'}}]}],'session_hash':'s'}";
            JsonNode reply =
                    Browser.json(browser.post("/gradio_api/run/chat", body)).at("/data/0");

            assertThat(reply.path("role").stringValue()).isEqualTo("assistant");
            assertThat(reply.at("/content/0/text").stringValue()).isEqualTo("Take: note.txt after 0");
            assertThat(reply.at("/content/1/type").stringValue()).isEqualTo("file");
            String address = reply.at("/content/1/file/url").stringValue();
            assertThat(address).startsWith(collector.url() + "/gradio_api/file=");
            assertThat(browser.get(address.substring(collector.url().toString().length()))
                            .body())
                    .isEqualTo("the note");
            String next = "{'data':['Next'],'session_hash':'s'}";
            assertThat(Browser.json(browser.post("/gradio_api/run/chat", next))
                            .at("/data/0")
                            .toString())
                    .contains("Next:  after 2", "{\"value\":\"More\",\"label\":\"More\"}");
            JsonNode component = browser.getJson("/config").at("/components/0");
            assertThat(component.path("type").stringValue()).isEqualTo("multimodaltextbox");
        }
    }

    @Test
    void whatIsNoFileIsRefusedAndWhatIsGoneFromTheHistoryIsLeftOut() throws Exception {
        try (RunningPage collector = collector();
                Browser browser = new Browser(collector)) {
            String gone = "{'path':'0123456789abcdef0123456789abcdef/gone.txt'}";
            assertThat(browser.post("/run/chat", "{'data':[{'text':'x','files':[" + gone + "]}]}")
                            .body())
                    .contains("there is no file '0123456789abcdef0123456789abcdef/gone.txt'; upload it first");
            String many =
                    String.join(",", List.of((gone + " ").repeat(21).strip().split(" ")));
            assertThat(browser.post("/run/chat", "{'data':[{'text':'x','files':[" + many + "]}]}")
                            .body())
                    .contains("21 files", "at most 20");
            String history =
                    "[{'role':'user','content':[{'type':'text','text':'a'},{'type':'file','file':" + gone + "}]}]";
            assertThat(browser.post("/stream/chat", "{'data':['x'],'history':" + history + "}")
                            .body())
                    .contains("x:  after 0");
        }
    }

    private static String upload(Browser browser) throws IOException, InterruptedException {
        return Browser.json(browser.upload("note.txt", "the note")).path(0).stringValue();
    }
}
