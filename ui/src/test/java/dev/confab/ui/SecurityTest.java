package dev.confab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ui.component.UploadedFile;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers may not do. */
final class SecurityTest {
    @TempDir
    Path folder;

    private static Interface echo() {
        return Interface.of((UploadedFile file) -> file).inputs("file").outputs("file");
    }

    private static ChatInterface locked() {
        return ChatInterface.of((message, history) -> message + history.size())
                .auth("ann", "secret")
                .authMessage("Who is <there>?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/file=/etc/passwd",
                "/file=..%2f..%2fetc/passwd",
                "/file=../../etc/passwd",
                "/file=0123456789abcdef0123456789abcdef/x",
                "/page/../page/index.html",
                "/page/..%2findex.html",
                "/page/index.html",
                "/page/%2e%2e/http/PageServer.class",
            })
    void nothingOutsideTheSharedFoldersIsServed(String path) throws Exception {
        try (RunningPage page = echo().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            assertThat(browser.get(path).statusCode()).isIn(400, 404);
        }
    }

    @Test
    void aFunctionGetsNoFileThatWasNotUploaded() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
        try (RunningPage page = echo().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            HttpResponse<String> response = browser.post(
                    "/run/predict", "{'data':[{'path':'" + secret.toString().replace('\\', '/') + "'}]}");

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("upload it first");
        }
    }

    @Test
    void filesInAllowedFoldersAreServedButNotThoseThatLinksLeadTo() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        Path inside = Files.writeString(open.resolve("note.txt"), "for all");
        Path outside = Files.writeString(folder.resolve("secret.txt"), "for none");
        Path link = Files.createSymbolicLink(open.resolve("link.txt"), outside);
        try (RunningPage page = echo().allowedPaths(open).port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            assertThat(browser.get("/file=" + inside).body()).isEqualTo("for all");
            assertThat(browser.get("/file=" + link).statusCode()).isEqualTo(404);
            assertThat(browser.get("/file=" + outside).statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "note.txt, note.txt",
        "../../etc/evil.sh, evil.sh",
        "..\\\\evil.bat, evil.bat",
        ".hidden, _hidden",
        "a:b.txt, a_b.txt"
    })
    void anUploadLandsInAFolderOfItsOwnUnderASafeName(String sent, String kept) throws Exception {
        try (RunningPage page = echo().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            String path = Browser.json(browser.upload(sent, "text")).get(0).stringValue();

            assertThat(path).matches("[0-9a-f]{32}/" + kept.replace(".", "\\."));
            assertThat(browser.get("/file=" + path).body()).isEqualTo("text");
        }
    }

    @Test
    void anUploadedPageIsOnlyToBeSaved() throws Exception {
        try (RunningPage page = echo().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            String path = Browser.json(browser.upload("page.html", "<script>alert(1)</script>"))
                    .get(0)
                    .stringValue();
            var headers = browser.get("/file=" + path).headers();

            assertThat(headers.firstValue("content-type")).hasValue("application/octet-stream");
            assertThat(headers.firstValue("content-disposition").orElse("")).startsWith("attachment");
            assertThat(headers.firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(headers.firstValue("content-security-policy").orElse("")).contains("sandbox");
        }
    }

    @Test
    void uploadsThatAreTooLargeAreRefused() throws Exception {
        try (RunningPage page = echo().uploads(100, 250).port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            HttpResponse<String> tooLarge = browser.upload("a.txt", "x".repeat(101));
            assertThat(tooLarge.statusCode()).isEqualTo(413);
            assertThat(tooLarge.headers().firstValue("connection")).hasValue("close");
            assertThat(browser.upload("a.txt", "x".repeat(100)).statusCode()).isEqualTo(200);
            assertThat(browser.upload("b.txt", "x".repeat(100)).statusCode()).isEqualTo(200);
            HttpResponse<String> full = browser.upload("c.txt", "x".repeat(100));

            assertThat(full.statusCode()).isEqualTo(413);
            assertThat(full.body()).contains("no room for more files");
        }
    }

    @Test
    void bodiesThatAreTooLargeAreRefused() throws Exception {
        try (RunningPage page = echo().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            HttpResponse<String> response = browser.post("/run/predict", "{'data':['" + "x".repeat(9 << 20) + "']}");

            assertThat(response.statusCode()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000, 204",
        "http://127.0.0.1:8080, 204",
        "https://evil.example, 403",
        "http://127.0.0.1.evil.example, 403",
        "null, 403"
    })
    void onThisMachineOnlyPagesOfThisMachineMayAsk(String origin, int status) throws Exception {
        try (RunningPage page = echo().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            HttpResponse<String> preflight = browser.options(
                    "/gradio_api/queue/join",
                    "Origin",
                    origin,
                    "Access-Control-Request-Method",
                    "POST",
                    "Access-Control-Request-Headers",
                    "content-type,x-gradio-user");

            assertThat(preflight.statusCode()).isEqualTo(status);
            assertThat(preflight
                            .headers()
                            .firstValue("access-control-allow-origin")
                            .isPresent())
                    .isEqualTo(status == 204);
            assertThat(browser.post("/run/predict", "{'data':[null]}", "Origin", origin)
                            .statusCode())
                    .isEqualTo(status == 204 ? 200 : 403);
        }
    }

    @Test
    void withLoginsOtherSitesNeedToBeAllowedByName() throws Exception {
        try (RunningPage page = locked().allowedOrigins("https://friend.example")
                        .port(0)
                        .quiet()
                        .launch();
                Browser browser = new Browser(page)) {
            for (List<String> one : List.of(
                    List.of("https://bot.example", "200"),
                    List.of("https://friend.example", "200"),
                    List.of("https://evil.example", "403"))) {
                HttpResponse<String> response = browser.get(
                        "/login_page", "Host", "bot.example", "X-Forwarded-Proto", "https", "Origin", one.getFirst());
                int expected = one.getLast().equals("200") ? 401 : 403;
                assertThat(response.statusCode()).as(one.getFirst()).isEqualTo(expected);
            }
        }
    }

    @Test
    void withoutALoginThereIsOnlyTheLoginPage() throws Exception {
        try (RunningPage page = locked().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            assertThat(browser.get("/").body())
                    .contains("Who is &lt;there&gt;?")
                    .contains("name=\"password\"");
            for (String path : List.of(
                    "/config", "/info", "/gradio_api/info", "/api", "/openapi.json", "/custom.js", "/queue/status")) {
                HttpResponse<String> response = browser.get(path);
                assertThat(response.statusCode()).as(path).isEqualTo(401);
                assertThat(response.body()).contains("Not authenticated");
            }
            assertThat(browser.post("/run/chat", "{'data':['hi']}").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aLoginIsACookieThatNoScriptReads() throws Exception {
        try (RunningPage page = locked().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            HttpResponse<String> login = browser.login("ann", "secret");
            String cookie = login.headers().firstValue("set-cookie").orElse("");

            assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
            String token = cookie.substring(0, cookie.indexOf(';'));
            assertThat(browser.getJson("/config", "Cookie", token)
                            .path("username")
                            .stringValue())
                    .isEqualTo("ann");
            assertThat(browser.get("/logout", "Cookie", token).statusCode()).isEqualTo(200);
            assertThat(browser.get("/config", "Cookie", token).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void guessingPasswordsIsStopped() throws Exception {
        try (RunningPage page = locked().port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            for (int i = 0; i < 10; i++) {
                assertThat(browser.login("ann", "guess" + i).statusCode()).isEqualTo(401);
            }

            assertThat(browser.login("ann", "secret").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void usersNeverShareASessionWhateverTheyCallIt() throws Exception {
        ChatInterface chat = ChatInterface.of((message, history) -> message + history.size())
                .auth((user, password) -> password.equals("secret"));
        try (RunningPage page = chat.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            String body = "{'data':['n'],'session_hash':'same'}";
            String ann = cookie(browser.login("ann", "secret"));
            String bob = cookie(browser.login("bob", "secret"));

            assertThat(browser.post("/run/chat", body, "Cookie", ann).body()).contains("[\"n0\",null]");
            assertThat(browser.post("/run/chat", body, "Cookie", ann).body()).contains("[\"n2\",null]");
            assertThat(browser.post("/run/chat", body, "Cookie", bob).body()).contains("[\"n0\",null]");
        }
    }

    private static String cookie(HttpResponse<String> login) {
        return login.headers().firstValue("set-cookie").orElse("").split(";", 2)[0];
    }

    @Test
    void theFilesAreDeletedWhenThePageStops() throws Exception {
        Path[] seen = new Path[1];
        Interface page = Interface.of((UploadedFile file) -> {
                    seen[0] = file.path();
                    return "got it";
                })
                .inputs("file")
                .outputs("text");
        try (RunningPage running = page.port(0).quiet().launch();
                Browser browser = new Browser(running)) {
            String path = Browser.json(browser.upload("a.txt", "text")).get(0).stringValue();
            browser.post("/run/predict", "{'data':[{'path':'" + path + "'}]}");
            assertThat(seen[0]).hasContent("text");
        }

        assertThat(seen[0]).doesNotExist();
    }
}
