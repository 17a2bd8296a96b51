package dev.confab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ui.component.Checkbox;
import dev.confab.ui.component.Textbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs the programs that the API page shows, as a reader would who copies them. */
final class SnippetsTest {
    @TempDir
    Path folder;

    private static RunningPage page() {
        return Interface.of((String name, Boolean loud) -> loud ? name + "!!!" : name)
                .inputs(Textbox.of("Who's \"there\""), Checkbox.of("Loud").withValue(true))
                .outputs("text")
                .title("Greeter")
                .port(0)
                .quiet()
                .launch();
    }

    @Test
    void curlWorks() throws Exception {
        try (RunningPage page = page()) {
            String printed = run("bash", "-c", snippet(page, "curl"));

            assertThat(printed).contains("\"data\":[\"Hello!!!!\"]").contains("event: process_completed");
        }
    }

    @Test
    void javaWorks() throws Exception {
        try (RunningPage page = page()) {
            Path program = Files.writeString(folder.resolve("Call.java"), snippet(page, "java"));
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();

            assertThat(run(java, program.toString())).contains("\"data\":[\"Hello!!!!\"]");
        }
    }

    @Test
    void javaScriptWorks() throws Exception {
        NodeProject.install();
        try (RunningPage page = page()) {
            Path program = Path.of("target", "node", "snippet.mjs");
            Files.writeString(program, snippet(page, "javascript"));

            assertThat(NodeProject.run("snippet.mjs").toString()).isEqualTo("[\"Hello!!!!\"]");
        }
    }

    @Test
    void pythonNamesItsArguments() throws Exception {
        try (RunningPage page = page()) {
            assertThat(snippet(page, "python"))
                    .contains("client.predict(who_s_there=\"Hello!\", loud=True, api_name=\"/predict\")");
        }
    }

    @Test
    void theOpenApiDescriptionRefersOnlyToWhatItHas() throws Exception {
        try (RunningPage page = page();
                Browser browser = new Browser(page)) {
            JsonNode document = browser.getJson("/openapi.json");

            assertThat(document.path("openapi").stringValue()).isEqualTo("3.1.0");
            assertThat(document.path("paths").propertyNames())
                    .contains("/run/predict", "/stream/predict", "/call/predict/{event_id}", "/upload", "/cancel");
            assertThat(document.at("/components/schemas/NamedArguments/required")
                            .toString())
                    .isEqualTo("[\"who_s_there\"]");
            assertThat(document.findValuesAsString("$ref"))
                    .isNotEmpty()
                    .allSatisfy(reference -> assertThat(
                                    document.at(reference.substring(1)).isObject())
                            .isTrue());
            assertThat(document.findValuesAsString("operationId")).doesNotHaveDuplicates();
        }
    }

    private static String snippet(RunningPage page, String language) throws IOException, InterruptedException {
        try (Browser browser = new Browser(page)) {
            String html = browser.get("/api").body();
            Matcher matcher = Pattern.compile("(?s)<pre id=\"" + language + "\"[^>]*><code>(.*?)</code>")
                    .matcher(html);
            assertThat(matcher.find()).isTrue();
            return matcher.group(1)
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&#39;", "'")
                    .replace("&amp;", "&");
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            process.waitFor();
        } catch (IOException e) {
            Assumptions.abort(command[0] + " was not found");
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
