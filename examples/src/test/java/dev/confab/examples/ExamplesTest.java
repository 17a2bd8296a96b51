package dev.confab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Runs each program as its reader would: in a process of its own, with the modules that it declares. */
class ExamplesTest {
    @TempDir
    Path folder;

    @Test
    void fiveLinesGetFiveReplies() throws Exception {
        String said = run("FiveLines", "hi\nwhy?\nLOL!!!\nno\nbye\n");

        assertThat(said.split(">> User:DialoGPT: ", -1)).hasSize(6);
    }

    @Test
    void aConversationHasTwoReplies() throws Exception {
        assertThat(run("Conversation", "").lines()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aModelOfLangChain4jHasTwoReplies() throws Exception {
        assertThat(run("WithLangChain4j", "").lines()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aModelThatWasFineTunedHasALossAndAReply() throws Exception {
        Path dialogues = folder.resolve("chats.jsonl");
        Files.write(
                dialogues,
                IntStream.range(0, 100)
                        .mapToObj("{\"turns\": [\"hello %d\", \"the cat sat\"]}"::formatted)
                        .toList());

        List<String> said = run(
                        "FineTuning",
                        "",
                        dialogues.toString(),
                        folder.resolve("tuned").toString())
                .lines()
                .toList();

        assertThat(said).hasSizeGreaterThanOrEqualTo(2);
        assertThat(said.getFirst()).matches("step \\d+: loss \\d.*");
        assertThat(folder.resolve("tuned/model.safetensors")).exists();
    }

    @Test
    void thePageForTextShowsTheWholeConversation() throws Exception {
        List<String> shown = converse("TextInterface");

        assertThat(shown.getFirst()).startsWith("Hi!\n");
        assertThat(shown.getLast()).startsWith(shown.getFirst()).contains("And you?\n");
    }

    @Test
    void thePageForHtmlShowsBubblesInWhichNothingOfTheUserIsHtml() throws Exception {
        List<String> shown = converse("HtmlInterface");

        assertThat(shown.getFirst())
                .startsWith("<div class='chatbot'><div class='msg user'> Hi!</div><div class='msg bot'> ");
        assertThat(shown.getLast())
                .startsWith(shown.getFirst().replaceFirst("</div></div>$", ""))
                .contains("And you?</div><div class='msg ")
                .endsWith("</div></div>");
    }

    @Test
    void thePageWithATitleShowsTheLatestReply() throws Exception {
        List<String> shown = converse("TitledInterface");

        assertThat(shown).hasSize(2).doesNotHaveDuplicates().noneMatch(reply -> reply.contains("And you?"));
    }

    /** Says two things in one session of a page and returns what it shows. */
    private List<String> converse(String program) throws Exception {
        Path out = folder.resolve("page-out");
        Path err = folder.resolve("page-err");
        Process process = process(program)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            while (process.isAlive() && !Files.readString(out).contains("Running on http")) {
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
            assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
            String url = Files.readString(out).strip().substring("Running on ".length());
            return List.of(say(url, "Hi!"), say(url, "And you?"));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String say(String url, String text) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/gradio_api/run/predict"))
                    .POST(BodyPublishers.ofString("{\"data\":[\"" + text + "\"],\"session_hash\":\"one\"}"))
                    .build();
            String answer = client.send(request, BodyHandlers.ofString()).body();
            return JsonMapper.shared().readTree(answer).path("data").path(0).stringValue();
        }
    }

    /** The tiny model has 128 positions: its settings keep five replies within them. */
    private Path modelOfFewWords() throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        try (Stream<Path> files = Files.list(Fixtures.model("tiny-a/st-f32"))) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": 511, \"max_new_tokens\": 8}");
        return model;
    }

    private String run(String program, String input, String... arguments) throws IOException, InterruptedException {
        Path typed = Files.writeString(folder.resolve("typed"), input);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        int exitCode = process(program, arguments)
                .redirectInput(typed.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        assertThat(exitCode).as(Files.readString(err)).isZero();
        try (Stream<String> lines = Files.lines(out, StandardCharsets.UTF_8)) {
            return String.join("\n", lines.toList());
        }
    }

    private ProcessBuilder process(String program, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                modulePath(),
                "--add-modules",
                "jdk.incubator.vector",
                "--module",
                "dev.confab.examples/dev.confab.examples." + program,
                modelOfFewWords().toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** What a user has: without the tests' jar, whose packages are those of the engine. */
    private static String modulePath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("-tests.jar") && !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
